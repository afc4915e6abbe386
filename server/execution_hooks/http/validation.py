"""Requests held against the contract, after security and before the handler.

This stands in place of Connexion's own request validation, which reports one fault, trusts
Content-Length, and lets bodies of unforeseen media types through; the hook for it
(``RoutedMiddleware``) is Connexion's.
"""

from typing import Any
from urllib.parse import parse_qsl

from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.operations import AbstractOperation
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks import problems, strict_json
from execution_hooks.contract import Contract, Operation
from execution_hooks.faults import in_document_order, one_per_place
from execution_hooks.http.admission import Admission
from execution_hooks.http.exchange import Exchange
from execution_hooks.http.media_types import acceptable, readable
from execution_hooks.problems import Refusal
from execution_hooks.schema import BodySchema


class ValidatedOperation:
    """Checks the requests for one operation; what the contract fixes is prepared once.

    In this order: Content-Type and Content-Encoding (415), Accept (406), size (413), a place among
    those in flight (503), query (400, problem 6), headers (5), JSON (7), schema (8, every fault). The
    exchange then has the JSON value and the media type to answer with.
    """

    def __init__(
        self, operation: Operation, contract: Contract, admission: Admission, next_app: ASGIApp
    ) -> None:
        self._operation = operation
        self._admission = admission
        self._next_app = next_app
        self._headers = {name: BodySchema(contract, schema) for name, schema in operation.headers.items()}
        self._schema = None if operation.body_schema is None else BodySchema(contract, operation.body_schema)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a good request on; raise Refusal for any other."""
        headers = Headers(scope=scope)
        if self._schema is not None and not readable(headers, self._operation.reads):
            raise Refusal(problems.unsupported_media_type(self._operation.reads))
        media_type = acceptable(headers, self._operation.answers)
        if media_type is None:
            raise Refusal(problems.unacceptable_media_type())
        payload = b"" if self._schema is None else await self._payload(headers, receive)
        with self._admission:
            self._check_query(scope)
            self._check_headers(headers)
            exchange = Exchange.of(scope)
            exchange.media_type = media_type
            exchange.document = None if self._schema is None else _document(payload, self._schema)
            await self._next_app(scope, receive, send)

    async def _payload(self, headers: Headers, receive: Receive) -> bytes:
        declared = headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self._operation.most_bytes:
            raise Refusal(problems.request_body_too_large())
        chunks: list[bytes] = []
        size = 0
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            if size > self._operation.most_bytes:
                raise Refusal(problems.request_body_too_large())
            more = message.get("more_body", False)
        return b"".join(chunks)

    def _check_query(self, scope: Scope) -> None:
        if scope["query_string"]:
            sent = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            unknown = [name for name, _ in sent if name not in self._operation.query]
            if unknown:
                raise Refusal(problems.query_parameters_not_supported(unknown))

    def _check_headers(self, headers: Headers) -> None:
        reasons: dict[str, str] = {}
        for name, schema in self._headers.items():
            given = headers.getlist(name)
            faults = [fault.reason for value in given for fault in schema.faults(value)]
            if faults or len(given) > 1:
                reasons[name] = faults[0] if faults else "must be sent once"
        if reasons:
            raise Refusal(problems.invalid_parameters(reasons))


def _document(payload: bytes, schema: BodySchema) -> Any:  # noqa: ANN401 any JSON value
    try:
        parsed = strict_json.parse(payload)
    except strict_json.InvalidJson:
        raise Refusal(problems.invalid_json()) from None
    faults = schema.faults(parsed.value)
    if parsed.faults:
        faults = one_per_place(in_document_order([*parsed.faults, *faults], parsed.value))
    if faults:
        raise Refusal(problems.schema_violation(faults))
    return parsed.value


def request_validation(contract: Contract, admission: Admission, app: ASGIApp) -> RoutedMiddleware:
    """Wrap an application, so that only requests that conform to the contract, and are admitted, reach it."""

    class _API(RoutedAPI):  # type: ignore[misc]  # Connexion is untyped
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            self.add_paths()

        def make_operation(self, operation: AbstractOperation) -> ValidatedOperation:
            known = contract.operations[operation.operation_id]
            return ValidatedOperation(known, contract, admission, self.next_app)

    middleware = RoutedMiddleware(app)
    middleware.api_cls = _API
    return middleware
