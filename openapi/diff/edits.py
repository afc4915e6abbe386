"""The places in which two schemas differ, keyword by keyword, each as a change that can be made alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from diff.composing import ASSERTIONS
from diff.places import IN_ORDER, Node, Path, changed

ABSENT: Any = object()
"""What stands for a keyword that is not there."""
_BY_PART = frozenset({"properties", "required", "enum", "default", *IN_ORDER})


@dataclass(frozen=True)
class Edit:
    """A change of one keyword: ``before`` or ``after`` is ABSENT where the keyword is not there.

    ``path`` leads to the schema, from that of the message on, and ``schema`` is the schema before, or, where
    something was added, the schema after. ``name`` is the property, where it is
    about one.
    """

    path: Path
    schema: Node
    keyword: str
    before: Any
    after: Any
    name: str = ""

    def made_in(self, message: Node) -> Node:
        """Return a copy of the schema of a message with this change, and no other."""
        variant: Node = changed(message, self.path, self._made)
        return variant

    def _made(self, schema: Node) -> Node:
        if self.keyword == "properties":
            properties = _with(schema.get("properties", {}), self.name, self.after)
            others = [each for each in schema.get("required", ()) if each != self.name]
            needed = [self.name] if self.name in _required_with(self) else []
            return {**schema, "properties": properties, "required": others + needed}
        if self.keyword == "required":
            others = [each for each in schema.get("required", ()) if each != self.name]
            return {**schema, "required": others if self.after is ABSENT else [*others, self.name]}
        return _with(schema, self.keyword, self.after)


def edits(old: Node, new: Node, path: Path = ()) -> Iterator[Edit]:
    """Yield the changes that lead from one schema to another, without those of examples."""
    if old is new or old == new:
        return
    yield from _properties(old, new, path)
    yield from _values(old, new, path)
    for keyword in (*IN_ORDER, *sorted(ASSERTIONS - _BY_PART), "default"):
        before, after = old.get(keyword, ABSENT), new.get(keyword, ABSENT)
        if before == after:
            continue
        if isinstance(before, dict) and isinstance(after, dict) and keyword in ASSERTIONS:
            yield from edits(before, after, (*path, keyword))
        elif keyword in IN_ORDER and ABSENT not in (before, after) and len(before) == len(after):
            for number, pair in enumerate(zip(before, after, strict=True)):
                yield from edits(*pair, (*path, keyword, number))
        else:
            yield Edit(path, new if before is ABSENT else old, keyword, before, after)


def _properties(old: Node, new: Node, path: Path) -> Iterator[Edit]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name in [*before, *(each for each in after if each not in before)]:
        if name in before and name in after:
            yield from edits(before[name], after[name], (*path, "properties", name))
        else:
            owner = old if name in before else new
            yield Edit(path, owner, "properties", before.get(name, ABSENT), after.get(name, ABSENT), name)
    was, now = old.get("required", []), new.get("required", [])
    for name in [*was, *(each for each in now if each not in was)]:
        if (name in was) != (name in now) and (name in before) == (name in after):
            owner = old if name in was else new
            yield Edit(
                path,
                owner,
                "required",
                name if name in was else ABSENT,
                name if name in now else ABSENT,
                name,
            )


def _values(old: Node, new: Node, path: Path) -> Iterator[Edit]:
    """Yield the values that an enumeration lost and those that it gained, apart."""
    before, after = old.get("enum", ABSENT), new.get("enum", ABSENT)
    if ABSENT in (before, after):
        if before is not after:
            yield Edit(path, new if before is ABSENT else old, "enum", before, after)
        return
    lost, gained = ([x for x in one if x not in other] for one, other in ((before, after), (after, before)))
    if lost:
        yield Edit(path, old, "enum", before, [each for each in before if each not in lost])
    if gained:
        yield Edit(path, new, "enum", before, [*before, *gained])


def _required_with(edit: Edit) -> list[str]:
    """Return what becomes required with a property that is added."""
    return [] if edit.after is ABSENT else list(edit.schema.get("required", ()))


def _with(owner: Node, name: str, value: Any) -> Node:  # noqa: ANN401 any JSON
    others = {key: each for key, each in owner.items() if key != name}
    return others if value is ABSENT else {**others, name: value}
