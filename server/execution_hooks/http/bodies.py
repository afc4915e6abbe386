"""Bodies of requests: taken whole up to a limit, read as JSON, held against their schema."""

import asyncio
from collections.abc import Awaitable

from starlette.requests import ClientDisconnect

from execution_hooks.contract import strict_json
from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract, Operation
from execution_hooks.domain.violations import in_document_order
from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_WORTH_A_THREAD = 256 * 1024
"""Bytes of a body that take long enough to read or to validate to delay other requests."""


class Bodies:
    """The bodies of requests for one operation, whose contract has one."""

    def __init__(self, operation: Operation, contract: Contract) -> None:
        self._most_bytes = operation.most_bytes
        self._schema = BodySchema(contract, operation.body_schema or {})

    async def check_size(self, context: RequestContext) -> None:
        """Take the body from the wire. Raises ProblemError (413), as early as that is known."""
        declared = context.headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self._most_bytes:
            raise ProblemError(problems.REQUEST_BODY_TOO_LARGE)
        chunks: list[bytes] = []
        size, more = 0, True
        while more:
            chunk, more = await _next_chunk(context)
            chunks.append(chunk)
            size += len(chunk)
            if size > self._most_bytes:
                raise ProblemError(problems.REQUEST_BODY_TOO_LARGE)
        context.payload = b"".join(chunks)

    def read(self, context: RequestContext) -> Awaitable[None] | None:
        """Read the body as JSON and hold it against its schema; on a thread of its own, if it is long.

        Raises ProblemError (400): problem 7 if it is no JSON, else problem 8 with every violation.
        """
        if len(context.payload) < _WORTH_A_THREAD:
            self._read(context)
            return None
        return asyncio.to_thread(self._read, context)

    def _read(self, context: RequestContext) -> None:
        try:
            parsed = strict_json.parse(context.payload)
        except strict_json.InvalidJson:
            raise ProblemError(problems.INVALID_JSON) from None
        violations = self._schema.violations(parsed.value)
        if parsed.violations:
            violations = in_document_order([*parsed.violations, *violations], parsed.value)
        context.body = parsed.value
        if violations:
            raise ProblemError(problems.schema_violation(violations))


async def drain(context: RequestContext) -> None:
    """Take a body from the wire that the contract does not have, and drop it."""
    more = True
    while more:
        _, more = await _next_chunk(context)


async def _next_chunk(context: RequestContext) -> tuple[bytes, bool]:
    """Receive a piece of the body, and whether there are more. Raises ClientDisconnect."""
    message = await context.receive()
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    return message.get("body", b""), message.get("more_body", False)
