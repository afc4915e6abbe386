from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.label import Label


T = TypeVar("T", bound="AppMetadata")


@_attrs_define
class AppMetadata:
    """When the app was made known to the server, and when its containers were.

    Example:
        {'labels': [], 'creationTimestamp': '2022-10-06T20:40:01.000512Z', 'modificationTimestamp':
            '2022-10-06T20:55:32.118204Z', 'createdBy': '00000000-0000-0000-0000-000000000000'}

    Attributes:
        labels (list[Label]): Labels for the client's own use. The server keeps them and reads nothing into them.
            Example: [{'name': 'team', 'value': 'finance'}].
        creation_timestamp (str): When the app was made known, in UTC. Example: 2022-10-06T20:40:01.000512Z.
        modification_timestamp (str): When the app's containers were imported last, in UTC. Equal to `creationTimestamp`
            until then. Example: 2022-10-06T20:55:32.118204Z.
        created_by (UUID): The nil UUID, which means a component of the system. Example:
            00000000-0000-0000-0000-000000000000.
    """

    labels: list[Label]
    creation_timestamp: str
    modification_timestamp: str
    created_by: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        labels = []
        for componentsschemas_labels_item_data in self.labels:
            componentsschemas_labels_item = componentsschemas_labels_item_data.to_dict()
            labels.append(componentsschemas_labels_item)

        creation_timestamp = self.creation_timestamp

        modification_timestamp = self.modification_timestamp

        created_by = str(self.created_by)

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

        app_metadata = cls(
            labels=labels,
            creation_timestamp=creation_timestamp,
            modification_timestamp=modification_timestamp,
            created_by=created_by,
        )

        app_metadata.additional_properties = d
        return app_metadata

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
