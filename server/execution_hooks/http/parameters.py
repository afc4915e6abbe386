"""The query parameters and headers of a request, held against the contract."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

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


class Parameters:
    """The query parameters and headers of one operation; what the contract fixes is prepared once.

    A schema's ``x-refusal`` is the reason given for a value that does not conform to it. ``rules`` are for
    values that do.
    """

    def __init__(self, operation: Operation, contract: Contract, rules: Rules) -> None:
        self._rules = rules
        self._query = {name: _Schema(contract, schema) for name, schema in operation.query.items()}
        self._headers = [(name, _Schema(contract, schema)) for name, schema in operation.headers.items()]

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
        for name, schema in self._headers:
            given = context.headers.get(name.lower(), ())
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
