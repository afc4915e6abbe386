from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.hook_source_list_type import HookSourceListType, check_hook_source_list_type
from ..models.hook_source_list_version import HookSourceListVersion, check_hook_source_list_version

if TYPE_CHECKING:
    from ..models.hook_source import HookSource
    from ..models.list_metadata import ListMetadata


T = TypeVar("T", bound="HookSourceList")


@_attrs_define
class HookSourceList:
    """Hook sources of the account, oldest first.

    Attributes:
        type_ (HookSourceListType): Media type of a list of hook sources. There is one value. Example:
            application/astra-hookSources.
        version (HookSourceListVersion): Version of the list. There is one value. Example: 1.0.
        items (list[HookSource | list[Any]]): The hook sources. With `include`, an array of values in the place of each.
            Example: [['50e89023-ba84-435d-bb47-1833f4c250ff', 'payroll-freeze']].
        metadata (ListMetadata): What there is to say of a list as a whole. Example: {}.
    """

    type_: HookSourceListType
    version: HookSourceListVersion
    items: list[HookSource | list[Any]]
    metadata: ListMetadata

    def to_dict(self) -> dict[str, Any]:
        from ..models.hook_source import HookSource  # noqa: PLC0415

        type_: str = self.type_

        version: str = self.version

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
        type_ = check_hook_source_list_type(d.pop("type"))

        version = check_hook_source_list_version(d.pop("version"))

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

        return hook_source_list
