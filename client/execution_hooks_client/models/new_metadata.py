from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.new_label import NewLabel


T = TypeVar("T", bound="NewMetadata")


@_attrs_define
class NewMetadata:
    """Metadata as a client sends it. Only `labels` is yours to set. The other members may be sent as they
    were read, here or on another server: they are ignored, whatever text they hold.

        Example:
            {'labels': [{'name': 'team', 'value': 'finance'}]}

        Attributes:
            labels (list[NewLabel] | Unset): Labels for the client's own use. The server keeps them and reads nothing into
                them. Example: [{'name': 'team', 'value': 'finance'}].
            creation_timestamp (str | Unset): Ignored; the server sets the time of creation. Example:
                2022-10-06T20:58:16.305662Z.
            modification_timestamp (str | Unset): Ignored; the server sets the time of the last change. Example:
                2022-10-06T20:58:16.305662Z.
            created_by (str | Unset): Ignored; the server sets the user of your token. Example:
                8f84cf09-8036-51e4-b579-bd30cb07b269.
            modified_by (str | Unset): Ignored; the server sets the user of the last change. Example:
                8f84cf09-8036-51e4-b579-bd30cb07b269.
    """

    labels: list[NewLabel] | Unset = UNSET
    creation_timestamp: str | Unset = UNSET
    modification_timestamp: str | Unset = UNSET
    created_by: str | Unset = UNSET
    modified_by: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        labels: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.labels, Unset):
            labels = []
            for componentsschemas_new_labels_item_data in self.labels:
                componentsschemas_new_labels_item = componentsschemas_new_labels_item_data.to_dict()
                labels.append(componentsschemas_new_labels_item)

        creation_timestamp = self.creation_timestamp

        modification_timestamp = self.modification_timestamp

        created_by = self.created_by

        modified_by = self.modified_by

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if labels is not UNSET:
            field_dict["labels"] = labels
        if creation_timestamp is not UNSET:
            field_dict["creationTimestamp"] = creation_timestamp
        if modification_timestamp is not UNSET:
            field_dict["modificationTimestamp"] = modification_timestamp
        if created_by is not UNSET:
            field_dict["createdBy"] = created_by
        if modified_by is not UNSET:
            field_dict["modifiedBy"] = modified_by

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.new_label import NewLabel  # noqa: PLC0415

        d = dict(src_dict)
        _labels = d.pop("labels", UNSET)
        labels: list[NewLabel] | Unset = UNSET
        if _labels is not UNSET:
            labels = []
            for componentsschemas_new_labels_item_data in _labels:
                componentsschemas_new_labels_item = NewLabel.from_dict(componentsschemas_new_labels_item_data)

                labels.append(componentsschemas_new_labels_item)

        creation_timestamp = d.pop("creationTimestamp", UNSET)

        modification_timestamp = d.pop("modificationTimestamp", UNSET)

        created_by = d.pop("createdBy", UNSET)

        modified_by = d.pop("modifiedBy", UNSET)

        new_metadata = cls(
            labels=labels,
            creation_timestamp=creation_timestamp,
            modification_timestamp=modification_timestamp,
            created_by=created_by,
            modified_by=modified_by,
        )

        return new_metadata
