from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define

from ..models.hook_conflict_problem_status import HookConflictProblemStatus, check_hook_conflict_problem_status
from ..models.hook_conflict_problem_type import HookConflictProblemType, check_hook_conflict_problem_type
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invalid_field import InvalidField


T = TypeVar("T", bound="HookConflictProblem")


@_attrs_define
class HookConflictProblem:
    """What stored data the hook clashes with.

    Attributes:
        type_ (HookConflictProblemType): 10: a field that must be unique is taken, a field that must not change would,
            or the idempotency key was sent with another body. 162: the app cannot have hooks after a failover. Example:
            https://astra.netapp.io/problems/10.
        title (str): What kind of problem it is, in a few words; the same for every problem of one type. Example:
            Missing bearer token.
        detail (str): What is wrong, in a sentence to show to a person. Example: The request is missing the required
            bearer token..
        status (HookConflictProblemStatus): The HTTP status of this answer, as a string. Example: 409.
        correlation_id (UUID | Unset): Id of this one refusal. Quote it when you ask for help; it stands in the server's
            log. Example: 9f1d8a4e-3d0f-4c0b-8f0e-6f5f3f0d2a77.
        invalid_fields (list[InvalidField] | Unset): Every fault of the body, in the order of the body; missing fields
            come last. After the hundredth the list is cut. Example: [{'name': '/name', 'reason': 'must be at most 63
            characters long'}, {'name': '/appID', 'reason': 'is required'}].
    """

    type_: HookConflictProblemType
    title: str
    detail: str
    status: HookConflictProblemStatus
    correlation_id: UUID | Unset = UNSET
    invalid_fields: list[InvalidField] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        title = self.title

        detail = self.detail

        status: str = self.status

        correlation_id: str | Unset = UNSET
        if not isinstance(self.correlation_id, Unset):
            correlation_id = str(self.correlation_id)

        invalid_fields: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.invalid_fields, Unset):
            invalid_fields = []
            for componentsschemas_invalid_fields_item_data in self.invalid_fields:
                componentsschemas_invalid_fields_item = componentsschemas_invalid_fields_item_data.to_dict()
                invalid_fields.append(componentsschemas_invalid_fields_item)

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
        if invalid_fields is not UNSET:
            field_dict["invalidFields"] = invalid_fields

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invalid_field import InvalidField  # noqa: PLC0415

        d = dict(src_dict)
        type_ = check_hook_conflict_problem_type(d.pop("type"))

        title = d.pop("title")

        detail = d.pop("detail")

        status = check_hook_conflict_problem_status(d.pop("status"))

        _correlation_id = d.pop("correlationID", UNSET)
        correlation_id: UUID | Unset
        if isinstance(_correlation_id, Unset):
            correlation_id = UNSET
        else:
            correlation_id = UUID(_correlation_id)

        _invalid_fields = d.pop("invalidFields", UNSET)
        invalid_fields: list[InvalidField] | Unset = UNSET
        if _invalid_fields is not UNSET:
            invalid_fields = []
            for componentsschemas_invalid_fields_item_data in _invalid_fields:
                componentsschemas_invalid_fields_item = InvalidField.from_dict(
                    componentsschemas_invalid_fields_item_data
                )

                invalid_fields.append(componentsschemas_invalid_fields_item)

        hook_conflict_problem = cls(
            type_=type_,
            title=title,
            detail=detail,
            status=status,
            correlation_id=correlation_id,
            invalid_fields=invalid_fields,
        )

        return hook_conflict_problem
