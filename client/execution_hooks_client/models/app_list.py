from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.app_list_media_type import AppListMediaType, check_app_list_media_type
from ..models.app_list_version import AppListVersion, check_app_list_version

if TYPE_CHECKING:
    from ..models.app import App
    from ..models.list_metadata import ListMetadata


T = TypeVar("T", bound="AppList")


@_attrs_define
class AppList:
    """Apps of the account, oldest first.

    Attributes:
        type_ (AppListMediaType | str): Media type of a list of apps. Example: application/astra-apps.
        version (AppListVersion | str): Version of the list. Example: 2.0.
        items (list[App | list[Any]]): The apps. With `include`, an array of values in the place of each. Example:
            [['7be5ae7c-151d-4230-ac39-ac1d0b33c2a9', 'payroll']].
        metadata (ListMetadata): What there is to say of a list as a whole. Example: {}.
    """

    type_: AppListMediaType | str
    version: AppListVersion | str
    items: list[App | list[Any]]
    metadata: ListMetadata
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.app import App  # noqa: PLC0415

        type_: str
        if isinstance(self.type_, str):
            type_ = self.type_
        else:
            type_ = self.type_

        version: str
        if isinstance(self.version, str):
            version = self.version
        else:
            version = self.version

        items = []
        for items_item_data in self.items:
            items_item: dict[str, Any] | list[Any]
            if isinstance(items_item_data, App):
                items_item = items_item_data.to_dict()
            else:
                items_item = items_item_data

            items.append(items_item)

        metadata = self.metadata.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
                "version": version,
                "items": items,
                "metadata": metadata,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.app import App  # noqa: PLC0415
        from ..models.list_metadata import ListMetadata  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_type_(data: object) -> AppListMediaType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = check_app_list_media_type(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AppListMediaType | str, data)

        type_ = _parse_type_(d.pop("type"))

        def _parse_version(data: object) -> AppListVersion | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                version_type_0 = check_app_list_version(data)

                return version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AppListVersion | str, data)

        version = _parse_version(d.pop("version"))

        items = []
        _items = d.pop("items")
        for items_item_data in _items:

            def _parse_items_item(data: object) -> App | list[Any]:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    items_item_type_0 = App.from_dict(data)

                    return items_item_type_0
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, list):
                    raise TypeError()
                items_item_type_1 = cast(list[Any], data)

                return items_item_type_1

            items_item = _parse_items_item(items_item_data)

            items.append(items_item)

        metadata = ListMetadata.from_dict(d.pop("metadata"))

        app_list = cls(
            type_=type_,
            version=version,
            items=items,
            metadata=metadata,
        )

        app_list.additional_properties = d
        return app_list

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
