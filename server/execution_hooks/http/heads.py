"""What the head of a request says, held against the contract: media types, query parameters, headers."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from werkzeug.http import parse_options_header

from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract, Operation
from execution_hooks.contract.strict_json import bounded_integer
from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

Rules = Mapping[str, Callable[[str], str]]
"""What a schema cannot say of query parameters, by name: why a value is refused; nothing if it is not."""

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]*")
_ONCE = "must be sent once"

_UTF8 = {"utf-8", "utf8"}
_SPACE = " \t"
"""White space, as HTTP has it."""


def check_content_type(media_types: Sequence[str], context: RequestContext) -> None:
    """Raise ProblemError (415) unless the body is plain UTF-8 of one of the media types.

    Names are compared without regard to case (RFC 9110, section 8.3.1). No Content-Type, two of them,
    another charset, or any Content-Encoding but identity make the body unreadable.
    """
    given = context.headers.getlist("content-type")
    codings = ",".join(context.headers.getlist("content-encoding")).strip().lower()
    if len(given) != 1 or codings not in {"", "identity"} or not _named(given[0], tuple(media_types)):
        raise ProblemError(problems.unsupported_media_type(media_types))


@lru_cache(maxsize=256)
def _named(content_type: str, media_types: tuple[str, ...]) -> bool:
    name, parameters = parse_options_header(content_type)
    known = {media_type.lower() for media_type in media_types}
    return name.strip(_SPACE).lower() in known and parameters.get("charset", "utf-8").lower() in _UTF8


def check_accept(media_types: Sequence[str], context: RequestContext) -> None:
    """Choose the media type of the response; the first one unless ``Accept`` prefers another.

    Raises ProblemError (406) if the client accepts none of them (RFC 9110, section 12.5.1).
    """
    given = context.headers.getlist("accept")
    chosen = _preferred(",".join(given), tuple(media_types)) if given else media_types[0]
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


class Parameters:
    """The query parameters and headers of one operation; what the contract fixes is prepared once.

    A schema's ``x-refusal`` is the reason given for a value that does not conform to it. ``rules`` are for
    values that do.
    """

    def __init__(self, operation: Operation, contract: Contract, rules: Rules) -> None:
        self._rules = rules
        self._query = {name: _Schema(contract, schema) for name, schema in operation.query.items()}
        self._headers = {name: _Schema(contract, schema) for name, schema in operation.headers.items()}

    def check_query(self, context: RequestContext) -> None:
        """Read the parameters of the query by name.

        Raises ProblemError (400): for unknown ones problem 6, else for unreadable, repeated and bad ones 5.
        """
        if not context.query_string:
            return
        sent, reasons = _read(context.query_string)
        unknown = [name for name, _ in sent if name not in self._query]
        if unknown:
            raise ProblemError(problems.query_parameters_not_supported(unknown))
        given: dict[str, str] = {}
        for name, value in sent:
            if name in given:
                reasons[name] = _ONCE
            elif reason := self._query[name].reason(value) or self._breach(name, value):
                reasons[name] = reason
            given[name] = value
        if reasons:
            raise ProblemError(problems.invalid_parameters(reasons))
        context.query = given

    def _breach(self, name: str, value: str) -> str:
        rule = self._rules.get(name)
        return "" if rule is None else rule(value)

    def check_headers(self, context: RequestContext) -> None:
        """Raise ProblemError (400, problem 5) if headers of the contract have bad values or are repeated."""
        reasons: dict[str, str] = {}
        for name, schema in self._headers.items():
            given = context.headers.getlist(name)
            found = next(filter(None, map(schema.reason, given)), "")
            if found or len(given) > 1:
                reasons[name] = found or _ONCE
        if reasons:
            raise ProblemError(problems.invalid_parameters(reasons))


class _Schema:
    def __init__(self, contract: Contract, schema: Mapping[str, Any]) -> None:
        resolved = contract.resolve(schema)
        self._schema = BodySchema(contract, resolved)
        self._words: str | None = resolved.get("x-refusal")
        self._is_number = resolved.get("type") == "integer"

    def reason(self, text: str) -> str:
        """Return why a value is refused; empty if it is not."""
        value: int | float | str = text
        if self._is_number and _WHOLE_NUMBER.fullmatch(text):
            value = bounded_integer(text)
        violations = self._schema.violations(value)
        return (self._words or violations[0].reason) if violations else ""


def _read(query_string: bytes) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Split a query into names and values, and name what is not percent-encoded UTF-8."""
    sent, reasons = [], {}
    for piece in query_string.decode("latin-1").replace("+", " ").split("&"):
        if piece:
            name, _, value = piece.partition("=")
            try:
                sent.append((_decoded(name), _decoded(value)))
            except ValueError:
                shown = name.encode("ascii", "replace").decode()
                reasons[shown] = "must be percent-encoded UTF-8"
    return sent, reasons


def _decoded(text: str) -> str:
    if _BROKEN_ESCAPE.search(text):
        raise ValueError(text)
    return unquote_to_bytes(text.encode("latin-1")).decode("utf-8")
