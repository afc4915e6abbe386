"""The problem documents of the peer."""

from collections.abc import Iterable, Mapping
from uuid import uuid4

from fastapi import Response
from pydantic_core import ErrorDetails, to_json

Violation = tuple[str, str]
"""The JSON Pointer to a field of the body, and the reason."""

_BAD_RESOURCE = "Invalid JSON resource"
_REALM = 'Bearer realm="execution-hooks"'


class Problem(Exception):
    """Raised to refuse the request. ``number`` is that of the vendor's problem type."""

    def __init__(
        self,
        status: int,
        number: int,
        title: str,
        detail: str,
        *,
        violations: Iterable[Violation] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, number)
        self.status, self.number, self.title, self.detail = status, number, title, detail
        self.violations = list(dict.fromkeys(violations))[:100]
        self.headers = headers

    def response(self) -> Response:
        """Write the problem as application/problem+json."""
        document: dict[str, object] = {
            "type": f"https://astra.netapp.io/problems/{self.number}",
            "title": self.title,
            "detail": self.detail,
            "status": str(self.status),
            "correlationID": str(uuid4()),
        }
        if self.violations:
            document["invalidFields"] = [{"name": name, "reason": reason} for name, reason in self.violations]
        return Response(to_json(document), self.status, self.headers, "application/problem+json")


def missing_token() -> Problem:
    """401, problem 3."""
    detail = "The request is missing the required bearer token."
    return Problem(401, 3, "Missing bearer token", detail, headers={"WWW-Authenticate": _REALM})


def invalid_token() -> Problem:
    """401, problem 4."""
    detail = "The bearer token provided is invalid, revoked, or doesn't exist."
    challenge = {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
    return Problem(401, 4, "Invalid bearer token", detail, headers=challenge)


def collection_not_found() -> Problem:
    """404, problem 2."""
    return Problem(
        404, 2, "Collection not found", "The collection specified in the request URI wasn't found."
    )


def not_permitted() -> Problem:
    """403, problem 11."""
    return Problem(403, 11, "Operation not permitted", "The requested operation isn't permitted.")


def read_only() -> Problem:
    """403, problem 73."""
    detail = (
        "The execution hook resource wasn't created, edited, or deleted. "
        "Execution hook resources with a hookType of NetApp are read only."
    )
    return Problem(403, 73, "NetApp execution hooks read only", detail)


def invalid_body(errors: list[ErrorDetails]) -> Problem:
    """400: problem 7 if the body is not JSON, else problem 8 with every violation."""
    if errors[0]["type"] == "json_invalid":
        return Problem(400, 7, "Invalid JSON payload", "The request body is not valid JSON.")
    violations = [("".join(f"/{_escaped(part)}" for part in error["loc"]), error["msg"]) for error in errors]
    detail = "The request body JSON doesn't conform to the schema."
    return Problem(400, 8, _BAD_RESOURCE, detail, violations=violations)


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def broken_rules(violations: Iterable[Violation]) -> Problem:
    """400, problem 9: patterns and references that cannot be used."""
    detail = "The request body JSON didn't pass extended validation."
    return Problem(400, 9, _BAD_RESOURCE, detail, violations=violations)


def changed_meanwhile() -> Problem:
    """412, problem 38."""
    detail = "The resource is no longer the one that the request is meant for."
    return Problem(412, 38, "Precondition failed", detail)


def other_id() -> Problem:
    """409, problem 10."""
    detail = "The request body JSON contains a field that conflicts with an idempotent value."
    violations = [("/id", "is not the id of this execution hook")]
    return Problem(409, 10, "JSON resource conflict", detail, violations=violations)


def name_taken() -> Problem:
    """409, problem 10."""
    detail = "The request body JSON contains a field that conflicts with an idempotent value."
    violations = [("/name", "is the name of another execution hook of this account")]
    return Problem(409, 10, "JSON resource conflict", detail, violations=violations)
