from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ListMetadata")


@_attrs_define
class ListMetadata:
    """What there is to say of a list as a whole.

    Example:
        {}

    Attributes:
        continue_ (str | Unset): There is more. Send this as `continue`, with the same `filter`, to get the next page.
            Left out when the list ends here. Example: 5ea63f3c9d3fe5f7e2e31280d5984a28b2d19ab5b77c0.
    """

    continue_: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        continue_ = self.continue_

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if continue_ is not UNSET:
            field_dict["continue"] = continue_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        continue_ = d.pop("continue", UNSET)

        list_metadata = cls(
            continue_=continue_,
        )

        return list_metadata
