from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.criterion_type import CriterionType, check_criterion_type

T = TypeVar("T", bound="NewMatchingCriterion")


@_attrs_define
class NewMatchingCriterion:
    """One condition on a container, as a client sends it.

    Attributes:
        type_ (CriterionType): What the pattern is tried against: the image as the pod names it, the container's name,
            the pod's name, each of the pod's labels written `name=value`, or the namespace's name.
             Example: containerImage.
        value (str): An RE2 regular expression (syntax: https://github.com/google/re2/wiki/Syntax). It may match
            anywhere in the text; write `^…$` to match the whole. Criteria that RE2 compiles to more than 2,000
            instructions together are refused, since every reading of the hook runs them.
             Example: /postgres:16\\..
    """

    type_: CriterionType
    value: str

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        value = self.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_criterion_type(d.pop("type"))

        value = d.pop("value")

        new_matching_criterion = cls(
            type_=type_,
            value=value,
        )

        return new_matching_criterion
