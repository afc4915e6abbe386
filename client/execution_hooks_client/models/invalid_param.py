from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="InvalidParam")


@_attrs_define
class InvalidParam:
    """One violation in the query string or in a header.

    Attributes:
        name (str): Name of the query parameter, or of the header, at fault. Example: orderBy.
        reason (str): What it must be, or why it is refused. Example: is not a parameter of this operation.
    """

    name: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "reason": reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        reason = d.pop("reason")

        invalid_param = cls(
            name=name,
            reason=reason,
        )

        return invalid_param
