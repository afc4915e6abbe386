"""Bodies: their media types; those of requests are taken up to a limit, and held against their schema."""

import asyncio
from collections.abc import Awaitable
from functools import lru_cache

from starlette.requests import ClientDisconnect
from werkzeug.http import parse_options_header

from execution_hooks.contract import strict_json
from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract, Operation
from execution_hooks.domain.violations import in_document_order
from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

_WORTH_A_THREAD = 256 * 1024
"""Bytes of a body that take long enough to read or to validate to delay other requests."""
_UTF8 = {"utf-8", "utf8"}
_SPACE = " \t"
"""White space, as HTTP has it."""


class Bodies:
    """The bodies of requests for one operation, whose contract has one."""

    def __init__(self, operation: Operation, contract: Contract) -> None:
        self._most_bytes = operation.most_bytes
        self._schema = BodySchema(contract, operation.body_schema or {})

    async def check_size(self, context: RequestContext) -> None:
        """Take the body from the wire. Raises ProblemError (413), as early as that is known."""
        declared = context.headers.get("content-length", ("0",))[0]
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
        violations = [] if self._schema.conforms(parsed.value) else self._schema.explain(parsed.value)
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


def check_content_type(media_types: tuple[str, ...], context: RequestContext) -> None:
    """Raise ProblemError (415) unless the body is plain UTF-8 of one of the media types.

    Names are compared without regard to case (RFC 9110, section 8.3.1). No Content-Type, two of them,
    another charset, or any Content-Encoding but identity make the body unreadable.
    """
    given = context.headers.get("content-type", ())
    codings = ",".join(context.headers.get("content-encoding", ())).strip().lower()
    if len(given) != 1 or codings not in {"", "identity"} or not _named(given[0], media_types):
        raise ProblemError(problems.unsupported_media_type(media_types))


@lru_cache(maxsize=256)
def _named(content_type: str, media_types: tuple[str, ...]) -> bool:
    name, parameters = parse_options_header(content_type)
    known = {media_type.lower() for media_type in media_types}
    return name.strip(_SPACE).lower() in known and parameters.get("charset", "utf-8").lower() in _UTF8


def check_accept(media_types: tuple[str, ...], context: RequestContext) -> None:
    """Choose the media type of the response; the first one unless ``Accept`` prefers another.

    Raises ProblemError (406) if the client accepts none of them (RFC 9110, section 12.5.1).
    """
    given = context.headers.get("accept")
    chosen = _preferred(",".join(given), media_types) if given else media_types[0]
    if chosen is None:
        raise ProblemError(problems.UNACCEPTABLE_MEDIA_TYPE)
    context.media_type = chosen


@lru_cache(maxsize=256)
def _preferred(accept: str, media_types: tuple[str, ...]) -> str | None:
    ranges = [_range(part) for part in accept.split(",") if part.strip(_SPACE)]
    if not ranges:
        return media_types[0]
    ranked = ((_quality(ranges, media_type), media_type) for media_type in media_types)
    quality, best = max(ranked, key=lambda ranked: ranked[0])  # of equals, the first
    return best if quality[0] > 0 else None


def _range(part: str) -> tuple[str, float]:
    """Read a media range and its quality; parameters of JSON say nothing, so they are left aside."""
    name, *parameters = (piece.strip(_SPACE).lower() for piece in part.split(";"))
    quality = next((value for value in parameters if value.startswith("q=")), "q=1")
    try:
        return ("*/*" if name == "*" else name), float(quality.removeprefix("q="))
    except ValueError:
        return name, 0.0


def _quality(ranges: list[tuple[str, float]], media_type: str) -> tuple[float, int]:
    """The quality of the range that fits a media type most closely, and how closely (RFC 9110, 12.5.1)."""
    name = media_type.lower()
    fits = {name: 3, f"{name.partition('/')[0]}/*": 2, "*/*": 1}
    closest = max((fits[range_], quality) for range_, quality in [*ranges, ("*/*", 0.0)] if range_ in fits)
    return closest[1], closest[0]
