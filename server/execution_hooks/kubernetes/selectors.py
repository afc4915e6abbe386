"""Label selectors, as Kubernetes has them: in the form of objects, and as text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from execution_hooks.kubernetes.json_values import JsonValue

Operator = Literal["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]

_SEGMENT = r"[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
_DNS = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
_KEY = re.compile(rf"(?:(?=.{{1,253}}/){_DNS}(?:\.{_DNS})*/)?{_SEGMENT}")
_VALUE = re.compile(rf"(?:{_SEGMENT})?")
_OPERATORS: tuple[Operator, ...] = ("In", "NotIn", "Exists", "DoesNotExist")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition on the label called ``key``. ``values`` is empty for Exists and DoesNotExist."""

    key: str
    operator: Operator
    values: frozenset[str] = frozenset()

    def met(self, labels: Mapping[str, str]) -> bool:
        """Return whether labels meet it. NotIn is met where there is no such label."""
        value = labels.get(self.key)
        match self.operator:
            case "In":
                return value in self.values
            case "NotIn":
                return value not in self.values
            case "Exists":
                return value is not None
            case "DoesNotExist":
                return value is None
            case _:
                return _compared(value, self.operator, next(iter(self.values)))


@dataclass(frozen=True, slots=True)
class LabelSelector:
    """Conditions that must all be met; none selects everything."""

    requirements: tuple[Requirement, ...] = ()

    def selects(self, labels: Mapping[str, str]) -> bool:
        """Return whether it selects what has these labels."""
        return all(requirement.met(labels) for requirement in self.requirements)


def _compared(value: str | None, operator: Operator, bound: str) -> bool:
    if value is None or not re.fullmatch(r"[-+]?[0-9]{1,18}", value):
        return False
    return int(value) > int(bound) if operator == "Gt" else int(value) < int(bound)


def read_selector(selector: JsonValue) -> LabelSelector:
    """Read ``matchLabels`` and ``matchExpressions``. Absent or empty, the selector selects everything."""
    if not selector.is_object(optional=True):
        return LabelSelector()
    return LabelSelector((*_labels(selector["matchLabels"]), *_expressions(selector["matchExpressions"])))


def _labels(labels: JsonValue) -> Iterator[Requirement]:
    for name in labels.names() if labels.is_object(optional=True) else ():
        value = labels[name.value].text(shortest=0)
        _check(name, labels[name.value], value)
        yield Requirement(name.value, "In", frozenset({value}))


def _expressions(expressions: JsonValue) -> Iterator[Requirement]:
    for expression in expressions.objects(optional=True):
        key, values = expression["key"].text(), expression["values"].texts()
        operator = next((each for each in _OPERATORS if each == expression["operator"].value), None)
        if operator is None:
            expression["operator"].must_be(*_OPERATORS)
            continue
        wants = operator in {"In", "NotIn"}
        if wants != bool(values):
            number = "must name a value at least" if wants else "must be empty"
            expression["values"].report(f"{number} for the operator {operator}")
        _check(expression["key"], expression["values"], *values, key=key)
        yield Requirement(key, operator, frozenset(values))


def _check(place: JsonValue, of_values: JsonValue, *values: str, key: str | None = None) -> None:
    name = place.value if key is None else key
    if name and not _KEY.fullmatch(name):
        place.report("is no name of a label")
    for value in values:
        if not _VALUE.fullmatch(value):
            of_values.report("is no value of a label")


def is_label(name: str, value: str) -> bool:
    """Return whether Kubernetes takes a label of this name and value."""
    return bool(_KEY.fullmatch(name) and _VALUE.fullmatch(value))


class InvalidSelector(ValueError):
    """A selector's text cannot be read. The message completes the sentence "This selector …"."""


_NEXT = re.compile(r"\s*(!=|==|=|!|>|<|,|\(|\)|[^\s!=<>,()]+)")


def parse_selector(text: str) -> LabelSelector:
    """Read a selector as kubectl takes it: ``a=b,c!=d,e in (f,g),h notin (i),j,!k,l>5``.

    Raises InvalidSelector.
    """
    if not text.strip():
        return LabelSelector()
    tokens = _Tokens(text)
    requirements = [tokens.requirement()]
    while tokens.next_is(","):
        requirements.append(tokens.requirement())
    tokens.end()
    return LabelSelector(tuple(requirements))


class _Tokens:
    """The tokens of a selector's text, from the first to the last."""

    def __init__(self, text: str) -> None:
        stripped = text.strip()
        self._tokens: list[str] = _NEXT.findall(stripped)[::-1]

    def next_is(self, *wanted: str) -> str:
        """Take the next token if it is one of these, and return it; else return nothing."""
        return self._tokens.pop() if self._tokens and self._tokens[-1] in wanted else ""

    def end(self) -> None:
        """Raise InvalidSelector unless all tokens were taken."""
        if self._tokens:
            raise InvalidSelector(f"goes on with {self._tokens[-1]!r} where a comma or the end belongs")

    def requirement(self) -> Requirement:
        """Take a requirement."""
        if self.next_is("!"):
            return Requirement(self._word(_KEY, "the name of a label"), "DoesNotExist")
        key = self._word(_KEY, "the name of a label")
        if self.next_is("=", "=="):
            return Requirement(key, "In", frozenset({self._value()}))
        if self.next_is("!="):
            return Requirement(key, "NotIn", frozenset({self._value()}))
        if compared := self.next_is(">", "<"):
            bound = self._word(re.compile(r"[-+]?[0-9]{1,18}"), "an integer")
            return Requirement(key, "Gt" if compared == ">" else "Lt", frozenset({bound}))
        if set_of := self.next_is("in", "notin"):
            return Requirement(key, "In" if set_of == "in" else "NotIn", frozenset(self._set()))
        return Requirement(key, "Exists")

    def _set(self) -> Iterator[str]:
        if not self.next_is("("):
            raise InvalidSelector("lacks a '(' after in or notin")
        yield self._value()
        while self.next_is(","):
            yield self._value()
        if not self.next_is(")"):
            raise InvalidSelector("lacks a ')'")

    def _value(self) -> str:
        absent = not self._tokens or self._tokens[-1] in {",", ")"}
        return "" if absent else self._word(_VALUE, "a value of a label")

    def _word(self, pattern: re.Pattern[str], what: str) -> str:
        if not self._tokens or not pattern.fullmatch(self._tokens[-1]):
            found = f"has {self._tokens[-1]!r}" if self._tokens else "ends"
            raise InvalidSelector(f"{found} where {what} belongs")
        return self._tokens.pop()
