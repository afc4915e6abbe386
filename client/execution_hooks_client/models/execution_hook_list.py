from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.execution_hook_list_type import ExecutionHookListType, check_execution_hook_list_type
from ..models.execution_hook_list_version import ExecutionHookListVersion, check_execution_hook_list_version

if TYPE_CHECKING:
    from ..models.execution_hook import ExecutionHook
    from ..models.list_metadata import ListMetadata


T = TypeVar("T", bound="ExecutionHookList")


@_attrs_define
class ExecutionHookList:
    """Hooks of the account, or of one app, oldest first.

    Attributes:
        type_ (ExecutionHookListType): Media type of a list of hooks. There is one value. Example: application/astra-
            executionHooks.
        version (ExecutionHookListVersion): Version of the list. There is one value; each hook has its own. Example:
            1.3.
        items (list[ExecutionHook | list[Any]]): The hooks. With `include`, an array of values in the place of each.
            Example: [['5f7e2e31-280d-5984-a28b-2d19ab5b77c0', 'Payroll']].
        metadata (ListMetadata): What there is to say of a list as a whole. Example: {}.
    """

    type_: ExecutionHookListType
    version: ExecutionHookListVersion
    items: list[ExecutionHook | list[Any]]
    metadata: ListMetadata

    def to_dict(self) -> dict[str, Any]:
        from ..models.execution_hook import ExecutionHook  # noqa: PLC0415

        type_: str = self.type_

        version: str = self.version

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
        type_ = check_execution_hook_list_type(d.pop("type"))

        version = check_execution_hook_list_version(d.pop("version"))

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

        return execution_hook_list
