from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.invalid_field import InvalidField
    from ..models.invalid_param import InvalidParam


T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """A problem document (RFC 9457): why a request was refused. `x-problems` lists all of them, and each
    response the ones that it may be.

        Attributes:
            type_ (str): Which problem it is; branch on this. `about:blank` says no more than the status does. There may be
                more of them in later versions.
                 Example: https://astra.netapp.io/problems/8.
            title (str): What kind of problem it is, in a few words; the same for every problem of one type. Example:
                Invalid JSON resource.
            detail (str): What is wrong, in a sentence to show to a person. Example: The request body JSON doesn't conform
                to the schema..
            status (str): The HTTP status of this response, as a string. Example: 400.
            correlation_id (UUID | Unset): Id of this one refusal. Quote it when you ask for help; it is in the server's
                log. Example: 9f1d8a4e-3d0f-4c0b-8f0e-6f5f3f0d2a77.
            invalid_fields (list[InvalidField] | Unset): Every violation in the body, in the order of the body; missing
                fields come last. After the hundredth the list is cut. Example: [{'name': '/name', 'reason': 'must be at most 63
                characters long'}, {'name': '/appID', 'reason': 'is required'}].
            invalid_params (list[InvalidParam] | Unset): Every violation in the query string and in the headers. After the
                hundredth the list is cut. Example: [{'name': 'orderBy', 'reason': 'is not a parameter of this operation'}].
            schema_validation_failure (str | Unset): With problem 8, a summary of `invalidFields` in one line. Example: 2
                violations: /name must be at most 63 characters long; /appID is required.
    """

    type_: str
    title: str
    detail: str
    status: str
    correlation_id: UUID | Unset = UNSET
    invalid_fields: list[InvalidField] | Unset = UNSET
    invalid_params: list[InvalidParam] | Unset = UNSET
    schema_validation_failure: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        title = self.title

        detail = self.detail

        status = self.status

        correlation_id: str | Unset = UNSET
        if not isinstance(self.correlation_id, Unset):
            correlation_id = str(self.correlation_id)

        invalid_fields: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.invalid_fields, Unset):
            invalid_fields = []
            for componentsschemas_invalid_fields_item_data in self.invalid_fields:
                componentsschemas_invalid_fields_item = componentsschemas_invalid_fields_item_data.to_dict()
                invalid_fields.append(componentsschemas_invalid_fields_item)

        invalid_params: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.invalid_params, Unset):
            invalid_params = []
            for componentsschemas_invalid_params_item_data in self.invalid_params:
                componentsschemas_invalid_params_item = componentsschemas_invalid_params_item_data.to_dict()
                invalid_params.append(componentsschemas_invalid_params_item)

        schema_validation_failure = self.schema_validation_failure

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
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
        if invalid_params is not UNSET:
            field_dict["invalidParams"] = invalid_params
        if schema_validation_failure is not UNSET:
            field_dict["schemaValidationFailure"] = schema_validation_failure

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invalid_field import InvalidField  # noqa: PLC0415
        from ..models.invalid_param import InvalidParam  # noqa: PLC0415

        d = dict(src_dict)
        type_ = d.pop("type")

        title = d.pop("title")

        detail = d.pop("detail")

        status = d.pop("status")

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

        _invalid_params = d.pop("invalidParams", UNSET)
        invalid_params: list[InvalidParam] | Unset = UNSET
        if _invalid_params is not UNSET:
            invalid_params = []
            for componentsschemas_invalid_params_item_data in _invalid_params:
                componentsschemas_invalid_params_item = InvalidParam.from_dict(
                    componentsschemas_invalid_params_item_data
                )

                invalid_params.append(componentsschemas_invalid_params_item)

        schema_validation_failure = d.pop("schemaValidationFailure", UNSET)

        problem = cls(
            type_=type_,
            title=title,
            detail=detail,
            status=status,
            correlation_id=correlation_id,
            invalid_fields=invalid_fields,
            invalid_params=invalid_params,
            schema_validation_failure=schema_validation_failure,
        )

        problem.additional_properties = d
        return problem

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
