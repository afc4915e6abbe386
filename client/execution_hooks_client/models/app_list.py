from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.app_list_type import AppListType, check_app_list_type
from ..models.app_list_version import AppListVersion, check_app_list_version

if TYPE_CHECKING:
    from ..models.app import App
    from ..models.list_metadata import ListMetadata


T = TypeVar("T", bound="AppList")


@_attrs_define
class AppList:
    """Apps of the account, oldest first.

    Attributes:
        type_ (AppListType): Media type of a list of apps. There is one value. Example: application/astra-apps.
        version (AppListVersion): Version of the list. There is one value. Example: 2.0.
        items (list[App | list[Any]]): The apps. With `include`, an array of values in the place of each. Example:
            [['7be5ae7c-151d-4230-ac39-ac1d0b33c2a9', 'payroll']].
        metadata (ListMetadata): What there is to say of a list as a whole. Example: {}.
    """

    type_: AppListType
    version: AppListVersion
    items: list[App | list[Any]]
    metadata: ListMetadata

    def to_dict(self) -> dict[str, Any]:
        from ..models.app import App  # noqa: PLC0415

        type_: str = self.type_

        version: str = self.version

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
        type_ = check_app_list_type(d.pop("type"))

        version = check_app_list_version(d.pop("version"))

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

        return app_list
