from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.label import Label


T = TypeVar("T", bound="Metadata")


@_attrs_define
class Metadata:
    """Who made the resource and when, and the labels that clients put on it.

    Example:
        {'labels': [], 'creationTimestamp': '2022-10-06T20:58:16.305662Z', 'modificationTimestamp':
            '2022-10-06T20:58:16.305662Z', 'createdBy': '8f84cf09-8036-51e4-b579-bd30cb07b269'}

    Attributes:
        labels (list[Label]): Labels for the client's own use. The server keeps them and reads nothing into them.
            Example: [{'name': 'team', 'value': 'finance'}].
        creation_timestamp (str): When the resource was created, in UTC. Example: 2022-10-06T20:58:16.305662Z.
        modification_timestamp (str): When the resource was last changed, in UTC. Equal to `creationTimestamp` until
            then. Example: 2022-10-06T20:58:16.305662Z.
        created_by (UUID): Id of the user who created the resource; the nil UUID means a component of the system.
            Example: 8f84cf09-8036-51e4-b579-bd30cb07b269.
        modified_by (UUID | Unset): Id of the user who changed the resource last. Left out if it was never changed.
            Example: 8f84cf09-8036-51e4-b579-bd30cb07b269.
    """

    labels: list[Label]
    creation_timestamp: str
    modification_timestamp: str
    created_by: UUID
    modified_by: UUID | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        labels = []
        for componentsschemas_labels_item_data in self.labels:
            componentsschemas_labels_item = componentsschemas_labels_item_data.to_dict()
            labels.append(componentsschemas_labels_item)

        creation_timestamp = self.creation_timestamp

        modification_timestamp = self.modification_timestamp

        created_by = str(self.created_by)

        modified_by: str | Unset = UNSET
        if not isinstance(self.modified_by, Unset):
            modified_by = str(self.modified_by)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "labels": labels,
                "creationTimestamp": creation_timestamp,
                "modificationTimestamp": modification_timestamp,
                "createdBy": created_by,
            }
        )
        if modified_by is not UNSET:
            field_dict["modifiedBy"] = modified_by

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.label import Label  # noqa: PLC0415

        d = dict(src_dict)
        labels = []
        _labels = d.pop("labels")
        for componentsschemas_labels_item_data in _labels:
            componentsschemas_labels_item = Label.from_dict(componentsschemas_labels_item_data)

            labels.append(componentsschemas_labels_item)

        creation_timestamp = d.pop("creationTimestamp")

        modification_timestamp = d.pop("modificationTimestamp")

        created_by = UUID(d.pop("createdBy"))

        _modified_by = d.pop("modifiedBy", UNSET)
        modified_by: UUID | Unset
        if isinstance(_modified_by, Unset):
            modified_by = UNSET
        else:
            modified_by = UUID(_modified_by)

        metadata = cls(
            labels=labels,
            creation_timestamp=creation_timestamp,
            modification_timestamp=modification_timestamp,
            created_by=created_by,
            modified_by=modified_by,
        )

        metadata.additional_properties = d
        return metadata

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
