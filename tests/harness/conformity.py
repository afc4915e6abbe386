"""Answers held against the contract, while tests of anything else are about."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import httpx

from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract, Routes

Connect = Callable[..., httpx.Client]
"""Make a client for an account and, if not its member, a role of it."""


class Conformity:
    """Checks answers to the contract's operations: status, media type, headers and body are documented.

    Called with an answer, as an event hook of a client. Answers to anything else are let pass.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._schemas: dict[tuple[str, ...], BodySchema] = {}

    @cached_property
    def _routes(self) -> Routes:
        return Routes(self._contract)

    def __call__(self, answer: httpx.Response) -> None:
        path = answer.request.url.raw_path.partition(b"?")[0]
        operations, _ = self._routes.find(unquote(path.decode("ascii")))
        operation = operations.get(answer.request.method)
        if operation is None:
            return
        answer.read()
        where = (operation.template, operation.method.lower(), str(answer.status_code))
        documented = self._contract.document["paths"][where[0]][where[1]]["responses"]
        assert where[2] in documented, f"{where} is not documented: {answer.text}"
        self._check(answer, where, self._contract.resolve(documented[where[2]]))

    def _check(self, answer: httpx.Response, where: tuple[str, ...], response: Mapping[str, Any]) -> None:
        for name, header in response.get("headers", {}).items():
            spec = self._contract.resolve(header)
            given = answer.headers.get(name)
            assert given is not None or not spec.get("required"), f"{where} lacks {name}"
            if given is not None:
                self._check_value(given, (*where, name), spec["schema"])
        content = response.get("content")
        if answer.request.method == "HEAD":
            assert answer.content == b"", where
            assert answer.headers["content-type"] in (content or {}), where
            return
        if content is None:
            assert answer.content == b"", where
            return
        media_type = answer.headers["content-type"]
        assert media_type in content, f"{where} has {media_type}"
        self._check_value(answer.json(), (*where, media_type), content[media_type]["schema"])

    def _check_value(self, value: object, where: tuple[str, ...], schema: Mapping[str, Any]) -> None:
        known = self._schemas.get(where)
        if known is None:
            known = self._schemas[where] = BodySchema(self._contract, schema)
        assert known.violations(value) == [], where
