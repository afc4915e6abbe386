from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define

from ..models.bad_query_problem_status import BadQueryProblemStatus, check_bad_query_problem_status
from ..models.bad_query_problem_type import BadQueryProblemType, check_bad_query_problem_type
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invalid_param import InvalidParam


T = TypeVar("T", bound="BadQueryProblem")


@_attrs_define
class BadQueryProblem:
    """Why the query or a header was refused, fault by fault.

    Attributes:
        type_ (BadQueryProblemType): Which problem it is. 5 is about a query parameter or header, 6 about a query
            parameter that the operation does not have. Example: https://astra.netapp.io/problems/5.
        title (str): What kind of problem it is, in a few words; the same for every problem of one type. Example:
            Missing bearer token.
        detail (str): What is wrong, in a sentence to show to a person. Example: The request is missing the required
            bearer token..
        status (BadQueryProblemStatus): The HTTP status of this answer, as a string. Example: 400.
        correlation_id (UUID | Unset): Id of this one refusal. Quote it when you ask for help; it stands in the server's
            log. Example: 9f1d8a4e-3d0f-4c0b-8f0e-6f5f3f0d2a77.
        invalid_params (list[InvalidParam] | Unset): Every fault of the query string and of the headers. After the
            hundredth the list is cut. Example: [{'name': 'orderBy', 'reason': 'is not a parameter of this operation'}].
    """

    type_: BadQueryProblemType
    title: str
    detail: str
    status: BadQueryProblemStatus
    correlation_id: UUID | Unset = UNSET
    invalid_params: list[InvalidParam] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        title = self.title

        detail = self.detail

        status: str = self.status

        correlation_id: str | Unset = UNSET
        if not isinstance(self.correlation_id, Unset):
            correlation_id = str(self.correlation_id)

        invalid_params: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.invalid_params, Unset):
            invalid_params = []
            for componentsschemas_invalid_params_item_data in self.invalid_params:
                componentsschemas_invalid_params_item = componentsschemas_invalid_params_item_data.to_dict()
                invalid_params.append(componentsschemas_invalid_params_item)

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
        if invalid_params is not UNSET:
            field_dict["invalidParams"] = invalid_params

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invalid_param import InvalidParam  # noqa: PLC0415

        d = dict(src_dict)
        type_ = check_bad_query_problem_type(d.pop("type"))

        title = d.pop("title")

        detail = d.pop("detail")

        status = check_bad_query_problem_status(d.pop("status"))

        _correlation_id = d.pop("correlationID", UNSET)
        correlation_id: UUID | Unset
        if isinstance(_correlation_id, Unset):
            correlation_id = UNSET
        else:
            correlation_id = UUID(_correlation_id)

        _invalid_params = d.pop("invalidParams", UNSET)
        invalid_params: list[InvalidParam] | Unset = UNSET
        if _invalid_params is not UNSET:
            invalid_params = []
            for componentsschemas_invalid_params_item_data in _invalid_params:
                componentsschemas_invalid_params_item = InvalidParam.from_dict(
                    componentsschemas_invalid_params_item_data
                )

                invalid_params.append(componentsschemas_invalid_params_item)

        bad_query_problem = cls(
            type_=type_,
            title=title,
            detail=detail,
            status=status,
            correlation_id=correlation_id,
            invalid_params=invalid_params,
        )

        return bad_query_problem
