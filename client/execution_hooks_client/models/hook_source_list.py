from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.hook_source_list_media_type import HookSourceListMediaType, check_hook_source_list_media_type
from ..models.hook_source_list_version import HookSourceListVersion, check_hook_source_list_version

if TYPE_CHECKING:
    from ..models.hook_source import HookSource
    from ..models.list_metadata import ListMetadata


T = TypeVar("T", bound="HookSourceList")


@_attrs_define
class HookSourceList:
    """Hook sources of the account, oldest first.

    Attributes:
        type_ (HookSourceListMediaType | str): Media type of a list of hook sources. Example: application/astra-
            hookSources.
        version (HookSourceListVersion | str): Version of the list. Example: 1.0.
        items (list[HookSource | list[Any]]): The hook sources. With `include`, an array of values in the place of each.
            Example: [['50e89023-ba84-435d-bb47-1833f4c250ff', 'payroll-freeze']].
        metadata (ListMetadata): What there is to say of a list as a whole. Example: {}.
    """

    type_: HookSourceListMediaType | str
    version: HookSourceListVersion | str
    items: list[HookSource | list[Any]]
    metadata: ListMetadata
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.hook_source import HookSource  # noqa: PLC0415

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
            if isinstance(items_item_data, HookSource):
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
        from ..models.hook_source import HookSource  # noqa: PLC0415
        from ..models.list_metadata import ListMetadata  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_type_(data: object) -> HookSourceListMediaType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = check_hook_source_list_media_type(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(HookSourceListMediaType | str, data)

        type_ = _parse_type_(d.pop("type"))

        def _parse_version(data: object) -> HookSourceListVersion | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                version_type_0 = check_hook_source_list_version(data)

                return version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(HookSourceListVersion | str, data)

        version = _parse_version(d.pop("version"))

        items = []
        _items = d.pop("items")
        for items_item_data in _items:

            def _parse_items_item(data: object) -> HookSource | list[Any]:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    items_item_type_0 = HookSource.from_dict(data)

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

        hook_source_list = cls(
            type_=type_,
            version=version,
            items=items,
            metadata=metadata,
        )

        hook_source_list.additional_properties = d
        return hook_source_list

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
