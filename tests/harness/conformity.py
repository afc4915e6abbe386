"""Responses checked against the contract, whatever a test is about."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import httpx

from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract
from execution_hooks.http.connexion.routing import Routes

Connect = Callable[..., httpx.Client]
"""Make a client for an account and, if not its member, a role of it."""


class Conformity:
    """Checks responses to the contract's operations: status, media type, headers and body are documented.

    Called with a response, as an event hook of a client. Responses to anything else are let pass.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._schemas: dict[tuple[str, ...], BodySchema] = {}

    @cached_property
    def _routes(self) -> Routes:
        return Routes(self._contract)

    def __call__(self, response: httpx.Response) -> None:
        path = response.request.url.raw_path.partition(b"?")[0]
        operations, _ = self._routes.find(unquote(path.decode("ascii")))
        operation = operations.get(response.request.method)
        if operation is None:
            return
        response.read()
        where = (operation.template, operation.method.lower(), str(response.status_code))
        documented = self._contract.document["paths"][where[0]][where[1]]["responses"]
        assert where[2] in documented, f"{where} is not documented: {response.text}"
        self._check(response, where, self._contract.resolve(documented[where[2]]))

    def _check(self, response: httpx.Response, where: tuple[str, ...], documented: Mapping[str, Any]) -> None:
        for name, header in documented.get("headers", {}).items():
            spec = self._contract.resolve(header)
            given = response.headers.get(name)
            assert given is not None or not spec.get("required"), f"{where} lacks {name}"
            if given is not None:
                self._check_value(given, (*where, name), spec["schema"])
        content = documented.get("content")
        if response.request.method == "HEAD":
            assert response.content == b"", where
            assert response.headers["content-type"] in (content or {}), where
            return
        if content is None:
            assert response.content == b"", where
            return
        media_type = response.headers["content-type"]
        assert media_type in content, f"{where} has {media_type}"
        self._check_value(response.json(), (*where, media_type), content[media_type]["schema"])

    def _check_value(self, value: object, where: tuple[str, ...], schema: Mapping[str, Any]) -> None:
        known = self._schemas.get(where)
        if known is None:
            known = self._schemas[where] = BodySchema(self._contract, schema)
        assert known.violations(value) == [], where
