"""A request as it went out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from schemathesis import Case, Response

from execution_hooks_conformance.oracle.contract import Asked, Contract
from execution_hooks_conformance.oracle.target import Target


@dataclass(frozen=True)
class Request:
    """What was sent, and where; header names are in lower case.

    ``asked`` is what the contract asks of it; None if the path does not have the method. ``document`` is
    the body's JSON value; None also if the body is no JSON, which ``is_json`` tells.
    """

    method: str
    target: Target
    path: Mapping[str, object]
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    payload: bytes
    document: Any
    is_json: bool
    asked: Asked | None

    @classmethod
    def sent(cls, case: Case[Any], response: Response, contract: Contract) -> "Request":
        """Read what a response answers."""
        request = response.request
        body: Any = request.body or b""
        payload: bytes = body.encode() if isinstance(body, str) else bytes(body)
        is_json, document = _json(payload)
        offered = case.method in contract.methods(case.path)
        return cls(
            method=case.method,
            target=Target.of(case.path),
            path=case.path_parameters,
            query=parse_qsl(urlsplit(str(request.url)).query, keep_blank_values=True),
            headers={name.lower(): str(value) for name, value in request.headers.items()},
            payload=payload,
            document=document,
            is_json=is_json,
            asked=contract.asked(case.path, case.method) if offered else None,
        )


def _json(payload: bytes) -> tuple[bool, Any]:
    try:
        return True, json.loads(payload)
    except ValueError:
        return False, None
