"""YAML read as JSON values, of which each is known by its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from execution_hooks.contract import strict_json
from execution_hooks.contract.strict_json import DEEPEST, bounded_integer
from execution_hooks.domain.violations import Path, Violation

_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
"""What is not text though it stands without quotes, by the core schema of YAML 1.2 (section 10.3)."""


class Unreadable(ValueError):
    """The bytes are no such document. The message says where and why."""


@dataclass(frozen=True)
class Located:
    """A JSON value, with the violations that were found while it was read, and the lines of its parts."""

    value: Any
    violations: list[Violation] = field(default_factory=list)
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Return the line of what a path leads to, or of the closest that holds it; None if none is known."""
        lengths = range(len(path), -1, -1)
        return next((self.lines[path[:length]] for length in lengths if path[:length] in self.lines), None)


def read_json(payload: bytes) -> Located:
    """Read strict JSON, whose lines are not known. Raises Unreadable."""
    try:
        parsed = strict_json.parse(payload)
    except strict_json.InvalidJson as error:
        raise Unreadable(f"is not JSON: {error}") from error
    return Located(parsed.value, parsed.violations)


def read_yaml(payload: bytes) -> Located:
    """Read a document of YAML, without anchors and tags. Raises Unreadable."""
    reading = _Reading()
    try:
        events = yaml.parse(payload.decode("utf-8"), Loader=yaml.CSafeLoader)
        documents = [reading.value(events, event, ()) for event in events if _begins(event)]
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not text in UTF-8: {error.reason} at byte {error.start}") from error
    except yaml.YAMLError as error:
        raise Unreadable(_reason(error)) from error
    if len(documents) != 1:
        raise Unreadable(f"must hold one document, not {len(documents)}")
    return Located(documents[0], reading.violations, reading.lines)


class _Reading:
    def __init__(self) -> None:
        self.violations: list[Violation] = []
        self.lines: dict[Path, int] = {}

    def value(self, events: Iterator[yaml.Event], event: yaml.Event, path: Path) -> Any:  # noqa: ANN401
        """Read the value that begins with an event."""
        self.lines.setdefault(path, _line(event))
        if getattr(event, "anchor", None) or getattr(event, "tag", None) not in {None, "!"}:
            self.violations.append(Violation(path, "must have no anchor, alias or tag"))
        if len(path) > DEEPEST:
            raise Unreadable(f"is nested deeper than {DEEPEST}, in line {self.lines[path]}")
        match event:
            case yaml.MappingStartEvent():
                return self._members(events, path)
            case yaml.SequenceStartEvent():
                return self._items(events, path)
            case yaml.ScalarEvent():
                return _scalar(event)
            case _:
                return None  # an alias

    def _items(self, events: Iterator[yaml.Event], path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.value(events, event, (*path, len(items))))
        return items

    def _members(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Any]:
        members: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            name = str(event.value) if isinstance(event, yaml.ScalarEvent) else ""
            place = (*path, name)
            if name in members:
                self.violations.append(Violation(place, "is named more than once"))
            if not isinstance(event, yaml.ScalarEvent):
                self.violations.append(Violation(place, "must be named by text"))
                self.value(events, event, place)
            self.lines[place] = _line(event)
            members[name] = self.value(events, next(events), place)
        return members


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return 0 if mark is None else mark.line + 1


def _begins(event: yaml.Event) -> bool:
    return isinstance(event, yaml.NodeEvent)


def _scalar(event: yaml.ScalarEvent) -> Any:  # noqa: ANN401 a text, number, truth value or None
    text: str = event.value
    if event.style:  # in quotes, or a block
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return bounded_integer(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = "" if mark is None else f" in line {mark.line + 1}"
    return f"is not YAML{where}: {getattr(error, 'problem', None) or getattr(error, 'reason', 'unreadable')}"
