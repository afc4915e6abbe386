"""The changes of what messages may hold, each judged by the messages that it refuses or lets in."""

from collections.abc import Iterator
from contextlib import suppress
from functools import reduce
from typing import Any

from diff.automata import UnreadableError
from diff.changes import Change, Contract, Level, Witness
from diff.edits import ABSENT, Edit, edits
from diff.messages import Key
from diff.places import Node
from diff.texts import ANYTHING, UndecidedError, few_in_one_only
from diff.witness import accepted_by_one_only
from diff.words import effect, place

_REFUSED = "was valid, and is refused now"
_UNKNOWN = "may come now, and was not valid before"
_TOGETHER = "several changes together let in or refuse messages that none of them does alone"
_MEANS_ANOTHER = "is valid before and after, and means something else now"


def schema_changes(old: Contract, new: Contract) -> Iterator[Change]:
    """Yield the changes of every message that both contracts have."""
    for key, before in old.messages.items():
        after = new.messages.get(key)
        if after is not None and before != after:
            yield from _message_changes(old, new, key, before, after)


def _message_changes(old: Contract, new: Contract, key: Key, before: Node, after: Node) -> Iterator[Change]:
    found = list(edits(before, after))
    expected = [each for each in found if _is_policy(key, each)]
    grown = reduce(lambda schema, edit: edit.made_in(schema), expected, before)
    broken = _breaking_message(key, grown, after)
    name, breaks = new.name(key), False
    for edit in found:
        level, message = _judged(key, edit, before, broken=broken is not None)
        if edit in expected:
            level = "additive"
        breaks = breaks or level == "breaking"
        where = _where(old, new, edit)
        witness = None if level != "breaking" or message is None else _witness(key, message, edit)
        yield Change(level, key.direction, where, effect(edit), (place(edit.path),), (name,), witness)
    if broken is not None and not breaks:
        where = new.composer.written(after)
        yield Change("breaking", key.direction, where, _TOGETHER, (), (name,), _witness(key, broken, None))


def _judged(key: Key, edit: Edit, before: Node, *, broken: bool) -> tuple[Level, Any]:
    """Return how grave one change is, and the message that shows it; grave only if all are together."""
    if edit.keyword == "default":
        return _default(key, before, edit)
    variant = edit.made_in(before)
    message = _breaking_message(key, before, variant) if broken else None
    if message is not None:
        return "breaking", message
    if edit.keyword == "pattern" and not _is_readable(edit):
        return "breaking", None
    opposite = (variant, before) if key.direction == "request" else (before, variant)
    seen = edit.keyword == "enum" or accepted_by_one_only(*opposite) is not None
    return ("additive" if seen else "wording"), None


def _breaking_message(key: Key, before: Node, after: Node) -> Any:  # noqa: ANN401 any JSON, or None
    """Return a request that is refused now, or a response that was not valid before, if there is one."""
    return accepted_by_one_only(*((before, after) if key.direction == "request" else (after, before)))


def _is_policy(key: Key, edit: Edit) -> bool:
    """Return whether a change adds a field that may be left out: nobody sends it yet (D-108)."""
    added = edit.keyword == "properties" and edit.before is ABSENT
    return key.direction == "request" and added and edit.name not in edit.schema.get("required", ())


def _default(key: Key, before: Node, edit: Edit) -> tuple[Level, Any]:
    if key.direction == "response":
        return "wording", None
    needed = Edit(edit.path[:-2], edit.schema, "required", ABSENT, edit.path[-1], str(edit.path[-1]))
    return "breaking", accepted_by_one_only(before, needed.made_in(before))


def _is_readable(edit: Edit) -> bool:
    try:
        for one, other in ((edit.before, edit.after), (edit.after, edit.before)):
            few_in_one_only(*(ANYTHING if each is ABSENT else each for each in (one, other)), 0, None)
    except (UnreadableError, UndecidedError):
        return False
    return True


def _witness(key: Key, message: Any, edit: Edit | None) -> Witness:  # noqa: ANN401 any JSON
    shows = _REFUSED if key.direction == "request" else _UNKNOWN
    if edit is not None and edit.keyword == "default":
        shows = _MEANS_ANOTHER
    return Witness(shows, message, key)


def _where(old: Contract, new: Contract, edit: Edit) -> str:
    """Return where a keyword is written: in the new contract, unless it went."""
    for composer in (new.composer, old.composer):
        if (part := composer.part(edit.schema, edit.name)) is not None:
            return f"{part}/required" if edit.keyword == "required" else part
        with suppress(KeyError):
            place = composer.written(edit.schema, edit.keyword)
            return f"{place}/{edit.name}" if edit.keyword == "properties" else place
    raise LookupError(f"{edit.keyword} is written nowhere")
