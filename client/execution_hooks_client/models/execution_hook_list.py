from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.execution_hook_list_media_type import ExecutionHookListMediaType, check_execution_hook_list_media_type
from ..models.execution_hook_list_version import ExecutionHookListVersion, check_execution_hook_list_version

if TYPE_CHECKING:
    from ..models.execution_hook import ExecutionHook
    from ..models.list_metadata import ListMetadata


T = TypeVar("T", bound="ExecutionHookList")


@_attrs_define
class ExecutionHookList:
    """Hooks of the account, or of one app, oldest first.

    Attributes:
        type_ (ExecutionHookListMediaType | str): Media type of a list of hooks. Example: application/astra-
            executionHooks.
        version (ExecutionHookListVersion | str): Version of the list; each hook has its own. Example: 1.3.
        items (list[ExecutionHook | list[Any]]): The hooks. With `include`, an array of values in the place of each.
            Example: [['5f7e2e31-280d-5984-a28b-2d19ab5b77c0', 'Payroll']].
        metadata (ListMetadata): What there is to say of a list as a whole. Example: {}.
    """

    type_: ExecutionHookListMediaType | str
    version: ExecutionHookListVersion | str
    items: list[ExecutionHook | list[Any]]
    metadata: ListMetadata
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.execution_hook import ExecutionHook  # noqa: PLC0415

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
            if isinstance(items_item_data, ExecutionHook):
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
        from ..models.execution_hook import ExecutionHook  # noqa: PLC0415
        from ..models.list_metadata import ListMetadata  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_type_(data: object) -> ExecutionHookListMediaType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = check_execution_hook_list_media_type(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ExecutionHookListMediaType | str, data)

        type_ = _parse_type_(d.pop("type"))

        def _parse_version(data: object) -> ExecutionHookListVersion | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                version_type_0 = check_execution_hook_list_version(data)

                return version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ExecutionHookListVersion | str, data)

        version = _parse_version(d.pop("version"))

        items = []
        _items = d.pop("items")
        for items_item_data in _items:

            def _parse_items_item(data: object) -> ExecutionHook | list[Any]:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    items_item_type_0 = ExecutionHook.from_dict(data)

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

        execution_hook_list = cls(
            type_=type_,
            version=version,
            items=items,
            metadata=metadata,
        )

        execution_hook_list.additional_properties = d
        return execution_hook_list

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
