from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="InvalidField")


@_attrs_define
class InvalidField:
    """One violation in the request body.

    Attributes:
        name (str): JSON Pointer (RFC 6901) to the field at fault. A missing field is named where it belongs; the empty
            pointer is the whole body. Example: /matchingCriteria/0/value.
        reason (str): What the field must be, or why it is refused. Example: must be at most 63 characters long.
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

        invalid_field = cls(
            name=name,
            reason=reason,
        )

        return invalid_field
