"""YAML as events, as far as manifests use it: values as JSON has them, anchors, no merge keys."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from execution_hooks.kubernetes.manifests.documents import Event, InvalidSyntax

MOST_REPEATED = 10_000
"""Events that aliases may add to a file, so that a short one cannot stand for a huge one."""

_CORE = "tag:yaml.org,2002:"
_TAGS = {None, "!", *(_CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq"))}
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"(?i:true|yes|on)")
_FALSE = re.compile(r"(?i:false|no|off)")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,399})")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")


def yaml_events(payload: bytes) -> Iterator[Event]:
    """Yield the events of a stream of YAML documents in UTF-8. Raises InvalidSyntax."""
    try:
        yield from _Events().of(yaml.parse(payload, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        raise InvalidSyntax(f"this is not YAML: {_place(error.problem_mark)}{_problem(error)}") from None
    except yaml.reader.ReaderError as error:
        raise InvalidSyntax(f"this is not YAML: {error.reason} at byte {error.position}") from None


def _place(mark: Any) -> str:  # noqa: ANN401 of PyYAML, which has no types for it
    return f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""


def _problem(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem)
    return f"{problem} (a tab?)" if "cannot start any token" in problem else problem


class _Events:
    """Turns PyYAML's events into ours, and repeats those of an anchor where an alias stands."""

    def __init__(self) -> None:
        self._nested: list[list[Any]] = []  # for each open node: whether a map, and whether a key is next
        self._recorded: dict[str, list[Event] | None] = {}
        self._recording: list[tuple[int, str, list[Event]]] = []
        self._repeated = 0

    def of(self, source: Iterator[yaml.Event]) -> Iterator[Event]:
        for event in source:
            if isinstance(event, yaml.DocumentStartEvent):
                self._recorded.clear()
            elif isinstance(event, yaml.AliasEvent):
                yield from self._repeat(event)
            elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
                yield self._note(self._begin(event), event)
                self._end_recordings()
            elif isinstance(event, yaml.CollectionEndEvent):
                is_map, _ = self._nested.pop()
                yield self._note(("end_map" if is_map else "end_array", None))
                self._next()
                self._end_recordings()

    def _begin(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Event:
        """Return the event with which a node begins, which is all of it if it is a scalar."""
        if event.tag not in _TAGS:
            raise InvalidSyntax(f"{_place(event.start_mark)}the tag {event.tag!r} is not read")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        self._refuse_as_key(event)
        is_map = isinstance(event, yaml.MappingStartEvent)
        self._nested.append([is_map, is_map])
        return ("start_map" if is_map else "start_array", None)

    def _scalar(self, event: yaml.ScalarEvent) -> Event:
        is_key = bool(self._nested) and self._nested[-1] == [True, True]
        self._next()
        if not is_key:
            return _value(event)
        if event.value == "<<" and event.implicit[0]:
            raise InvalidSyntax(f"{_place(event.start_mark)}merge keys (<<) are not read")
        return ("map_key", event.value)

    def _repeat(self, event: yaml.AliasEvent) -> Iterator[Event]:
        self._refuse_as_key(event)
        events = self._recorded.get(str(event.anchor))
        if events is None:
            open_already = any(name == event.anchor for _, name, _ in self._recording)
            reason = "stands for what it is part of" if open_already else "stands for nothing"
            raise InvalidSyntax(f"{_place(event.start_mark)}the alias {event.anchor!r} {reason}")
        self._repeated += len(events)
        if self._repeated > MOST_REPEATED:
            place = _place(event.start_mark)
            raise InvalidSyntax(f"{place}the aliases stand for more than {MOST_REPEATED} values")
        for each in events:
            yield self._note(each)
        self._next()
        self._end_recordings()

    def _refuse_as_key(self, event: yaml.NodeEvent) -> None:
        if self._nested and self._nested[-1] == [True, True]:
            raise InvalidSyntax(f"{_place(event.start_mark)}the name of a member must be a string")

    def _next(self) -> None:
        """Note that a node has ended: in a map, a key follows a value, and a value a key."""
        if self._nested and self._nested[-1][0]:
            self._nested[-1][1] = not self._nested[-1][1]

    def _note(self, event: Event, node: Any = None) -> Event:  # noqa: ANN401
        """Add an event to what is recorded, and begin another recording if the node has an anchor."""
        if node is not None and node.anchor:
            depth = len(self._nested) - (not isinstance(node, yaml.ScalarEvent))
            self._recorded[node.anchor] = None
            self._recording.append((depth, node.anchor, []))
        for _, _, events in self._recording:
            events.append(event)
        return event

    def _end_recordings(self) -> None:
        while self._recording and self._recording[-1][0] >= len(self._nested):
            _, name, events = self._recording.pop()
            self._recorded[name] = events


def _value(event: yaml.ScalarEvent) -> Event:
    text: str = event.value
    if not event.implicit[0] and event.tag in {None, "!", _CORE + "str"}:
        return ("string", text)
    if _NULL.fullmatch(text):
        return ("null", None)
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return ("boolean", bool(_TRUE.fullmatch(text)))
    if _INTEGER.fullmatch(text):
        return ("number", int(text))
    return ("number", float(text)) if _FLOAT.fullmatch(text) else ("string", text)
