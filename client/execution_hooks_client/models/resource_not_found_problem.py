from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define

from ..models.resource_not_found_problem_status import (
    ResourceNotFoundProblemStatus,
    check_resource_not_found_problem_status,
)
from ..models.resource_not_found_problem_type import ResourceNotFoundProblemType, check_resource_not_found_problem_type
from ..types import UNSET, Unset

T = TypeVar("T", bound="ResourceNotFoundProblem")


@_attrs_define
class ResourceNotFoundProblem:
    """The resource that the URL names is not there for this caller.

    Attributes:
        type_ (ResourceNotFoundProblemType): 1: the account, app, hook or source was not found. Example:
            https://astra.netapp.io/problems/1.
        title (str): What kind of problem it is, in a few words; the same for every problem of one type. Example:
            Missing bearer token.
        detail (str): What is wrong, in a sentence to show to a person. Example: The request is missing the required
            bearer token..
        status (ResourceNotFoundProblemStatus): The HTTP status of this answer, as a string. Example: 404.
        correlation_id (UUID | Unset): Id of this one refusal. Quote it when you ask for help; it stands in the server's
            log. Example: 9f1d8a4e-3d0f-4c0b-8f0e-6f5f3f0d2a77.
    """

    type_: ResourceNotFoundProblemType
    title: str
    detail: str
    status: ResourceNotFoundProblemStatus
    correlation_id: UUID | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        title = self.title

        detail = self.detail

        status: str = self.status

        correlation_id: str | Unset = UNSET
        if not isinstance(self.correlation_id, Unset):
            correlation_id = str(self.correlation_id)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "title": title,
                "detail": detail,
                "status": status,
            }
        )
        if correlation_id is not UNSET:
            field_dict["correlationID"] = correlation_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_resource_not_found_problem_type(d.pop("type"))

        title = d.pop("title")

        detail = d.pop("detail")

        status = check_resource_not_found_problem_status(d.pop("status"))

        _correlation_id = d.pop("correlationID", UNSET)
        correlation_id: UUID | Unset
        if isinstance(_correlation_id, Unset):
            correlation_id = UNSET
        else:
            correlation_id = UUID(_correlation_id)

        resource_not_found_problem = cls(
            type_=type_,
            title=title,
            detail=detail,
            status=status,
            correlation_id=correlation_id,
        )

        return resource_not_found_problem
