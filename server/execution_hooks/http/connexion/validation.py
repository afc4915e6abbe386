"""Requests checked against the contract, after security and before the handler.

This stands in place of Connexion's own request validation, which reports one violation, trusts
Content-Length, and lets bodies of unforeseen media types through; the hook for it
(``RoutedMiddleware``) is Connexion's.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.operations import AbstractOperation
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.contract import strict_json
from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract, Operation
from execution_hooks.domain.violations import in_document_order
from execution_hooks.http.admission import Admission
from execution_hooks.http.media_types import acceptable, readable
from execution_hooks.http.parameters import Parameters, Rules
from execution_hooks.http.request_context import CONTEXT, RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_WORTH_A_THREAD = 256 * 1024
"""Bytes of a body that take long enough to validate to hold others up."""


class ValidatedOperation:
    """Checks the requests for one operation; what the contract fixes is prepared once.

    In this order: Content-Type and Content-Encoding (415), Accept (406), size (413), a place among
    those in flight (503), query and headers (400, problem 6, then 5), JSON (7), schema (8, every violation).
    The context then has the query, the JSON value and the media type of the response. Where the contract
    has no body, one that is sent is drained and ignored.
    """

    def __init__(
        self,
        operation: Operation,
        contract: Contract,
        admission: Admission,
        query_rules: Rules,
        next_app: ASGIApp,
    ) -> None:
        self._operation = operation
        self._admission = admission
        self._next_app = next_app
        self._parameters = Parameters(operation, contract, query_rules)
        self._schema = None if operation.body_schema is None else BodySchema(contract, operation.body_schema)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a valid request on; raise ProblemError for any other."""
        context: RequestContext = scope[CONTEXT]
        headers = context.headers
        context.media_type = self._media_type(headers)
        payload = await self._payload(headers, receive)
        with context.place as place:
            place.enter_context(self._admission)
            context.query = self._parameters.query(scope["query_string"])
            self._parameters.check_headers(headers)
            context.body = await self._document(payload)
            await self._next_app(scope, receive, send)

    def _media_type(self, headers: Headers) -> str:
        if self._schema is not None and not readable(headers, self._operation.reads):
            raise ProblemError(problems.unsupported_media_type(self._operation.reads))
        if not self._operation.writes:
            return ""
        media_type = acceptable(headers, self._operation.writes)
        if media_type is None:
            raise ProblemError(problems.unacceptable_media_type())
        return media_type

    async def _document(self, payload: bytes) -> Any:  # noqa: ANN401 any JSON value
        if self._schema is None:
            return None
        if len(payload) < _WORTH_A_THREAD:
            return _document(payload, self._schema)
        return await asyncio.to_thread(_document, payload, self._schema)

    async def _payload(self, headers: Headers, receive: Receive) -> bytes:
        if self._schema is None:
            async for _ in _body(receive):
                pass
            return b""
        declared = headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self._operation.most_bytes:
            raise ProblemError(problems.request_body_too_large())
        chunks: list[bytes] = []
        size = 0
        async for chunk in _body(receive):
            chunks.append(chunk)
            size += len(chunk)
            if size > self._operation.most_bytes:
                raise ProblemError(problems.request_body_too_large())
        return b"".join(chunks)


async def _body(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        yield message.get("body", b"")
        more = message.get("more_body", False)


def _document(payload: bytes, schema: BodySchema) -> Any:  # noqa: ANN401 any JSON value
    try:
        parsed = strict_json.parse(payload)
    except strict_json.InvalidJson:
        raise ProblemError(problems.invalid_json()) from None
    violations = schema.violations(parsed.value)
    if parsed.violations:
        violations = in_document_order([*parsed.violations, *violations], parsed.value)
    if violations:
        raise ProblemError(problems.schema_violation(violations))
    return parsed.value


class RequestValidation(RoutedMiddleware):  # type: ignore[misc]  # Connexion is untyped
    """Lets only requests through that conform to the contract and the rules, and are admitted."""

    def __init__(self, app: ASGIApp, *, contract: Contract, admission: Admission, query_rules: Rules) -> None:
        super().__init__(app)
        self.api_cls = partial(_ValidatedApi, contract, admission, query_rules)


class _ValidatedApi(RoutedAPI):  # type: ignore[misc]  # Connexion is untyped
    def __init__(
        self,
        contract: Contract,
        admission: Admission,
        query_rules: Rules,
        *arguments: object,
        **options: object,
    ) -> None:
        super().__init__(*arguments, **options)
        self._contract = contract
        self._admission = admission
        self._query_rules = query_rules
        self.add_paths()

    def make_operation(self, operation: AbstractOperation) -> ValidatedOperation:
        known = self._contract.operations[operation.operation_id]
        return ValidatedOperation(known, self._contract, self._admission, self._query_rules, self.next_app)
