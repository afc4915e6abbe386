"""A request as it went out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from execution_hooks_conformance.oracle.contract import Contract, Operation
from execution_hooks_conformance.oracle.target import Target


@dataclass(frozen=True)
class Request:
    """What was sent, and where; header names are in lower case.

    ``operation`` is what the contract asks for; None if the path does not have the method. ``document`` is
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
    operation: Operation | None

    @classmethod
    def read(
        cls,
        contract: Contract,
        template: str,
        path: Mapping[str, object],
        *,
        method: str,
        url: str,
        headers: Mapping[str, str],
        payload: bytes,
    ) -> "Request":
        """Read a request to a path of the contract, ``template``, which has these parameters."""
        is_json, document = _json(payload)
        return cls(
            method=method,
            target=Target.of(template),
            path=path,
            query=parse_qsl(urlsplit(url).query, keep_blank_values=True),
            headers={name.lower(): value for name, value in headers.items()},
            payload=payload,
            document=document,
            is_json=is_json,
            operation=contract.operation(template, method),
        )


def _refuse(constant: str) -> None:
    """Refuse NaN and the infinities, which are not JSON."""
    raise ValueError(constant)


def _json(payload: bytes) -> tuple[bool, Any]:
    try:
        return True, json.loads(payload, parse_constant=_refuse)
    except ValueError:
        return False, None
