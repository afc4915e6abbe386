from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define

from ..models.forbidden_problem_status import ForbiddenProblemStatus, check_forbidden_problem_status
from ..models.forbidden_problem_type import ForbiddenProblemType, check_forbidden_problem_type
from ..types import UNSET, Unset

T = TypeVar("T", bound="ForbiddenProblem")


@_attrs_define
class ForbiddenProblem:
    """Why the caller may not do this.

    Attributes:
        type_ (ForbiddenProblemType): 11: the role of the token is too low, or the token is limited to other
            collections. 168: hooks are switched off for the account. Example: https://astra.netapp.io/problems/11.
        title (str): What kind of problem it is, in a few words; the same for every problem of one type. Example:
            Missing bearer token.
        detail (str): What is wrong, in a sentence to show to a person. Example: The request is missing the required
            bearer token..
        status (ForbiddenProblemStatus): The HTTP status of this answer, as a string. Example: 403.
        correlation_id (UUID | Unset): Id of this one refusal. Quote it when you ask for help; it stands in the server's
            log. Example: 9f1d8a4e-3d0f-4c0b-8f0e-6f5f3f0d2a77.
    """

    type_: ForbiddenProblemType
    title: str
    detail: str
    status: ForbiddenProblemStatus
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
        type_ = check_forbidden_problem_type(d.pop("type"))

        title = d.pop("title")

        detail = d.pop("detail")

        status = check_forbidden_problem_status(d.pop("status"))

        _correlation_id = d.pop("correlationID", UNSET)
        correlation_id: UUID | Unset
        if isinstance(_correlation_id, Unset):
            correlation_id = UNSET
        else:
            correlation_id = UUID(_correlation_id)

        forbidden_problem = cls(
            type_=type_,
            title=title,
            detail=detail,
            status=status,
            correlation_id=correlation_id,
        )

        return forbidden_problem
