from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="PodLabel")


@_attrs_define
class PodLabel:
    """A Kubernetes label of a pod.

    Attributes:
        name (str): Name of the label, with its prefix if it has one. Example: app.
        value (str): Value of the label; may be empty. Example: payroll.
    """

    name: str
    value: str

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        value = self.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "value": value,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        value = d.pop("value")

        pod_label = cls(
            name=name,
            value=value,
        )

        return pod_label
