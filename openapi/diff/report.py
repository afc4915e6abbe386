"""A comparison as text, as JSON and as Markdown."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from diff.changes import LEVELS, Change
from diff.shown import Shown

_HIT = {
    "request": "clients that send",
    "response": "clients that read a response of",
    "client": "programs with a generated client that call",
    "document": "nobody",
}
_MOST_NAMED = 4


def summary(changes: Sequence[Change]) -> str:
    """Say how many changes of each level there are."""
    counts = Counter(each.level for each in changes)
    return ", ".join(f"{counts[level]} {level}" for level in LEVELS)


def as_text(changes: Sequence[Change], shown: Shown) -> str:
    """Write the changes for a terminal."""
    return "\n".join([*_paragraphs(changes, shown, str), f"{summary(changes)}."])


def as_markdown(changes: Sequence[Change], shown: Shown) -> str:
    """Write the changes as a list for a review."""
    lines = [f"**{summary(changes)}**", ""]
    for level in LEVELS:
        own = [each for each in changes if each.level == level]
        if own:
            lines += [f"### {level.capitalize()}", ""]
            lines += ["\n".join(_markdown(each, shown)) for each in own]
            lines.append("")
    return "\n".join(lines).rstrip()


def as_json(changes: Sequence[Change], shown: Shown) -> str:
    """Write the changes for programs: an array, gravest first."""
    return json.dumps([_object(each, shown) for each in changes], indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[Sequence[Change], Shown], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}


def _paragraphs(changes: Sequence[Change], shown: Shown, written: Callable[[str], str]) -> Iterator[str]:
    for each in changes:
        heading = f"{each.level}, {each.side}: " if each.side != "document" else f"{each.level}: "
        yield written(f"{heading}{_sentence(each)}")
        yield f"  where   {each.where}{_line(each, shown)}"
        if each.side != "document":
            yield f"  hits    {_hits(each)}"
        if each.witness is not None:
            yield f"  witness {shown.line(each.witness)}"
            yield f"          {each.witness.shows}"
        elif each.level == "breaking":
            yield "  witness none: it cannot be decided whether messages change"
        yield ""


def _markdown(change: Change, shown: Shown) -> Iterator[str]:
    side = "" if change.side == "document" else f" ({change.side})"
    yield f"- {_sentence(change)}{side}, at `{change.where}`{_line(change, shown)}"
    if change.side != "document":
        yield f"  - hits {_hits(change)}"
    if change.witness is not None:
        yield f"  - witness, which {change.witness.shows}: `{shown.line(change.witness)}`"


def _object(change: Change, shown: Shown) -> dict[str, Any]:
    found: dict[str, Any] = {
        "level": change.level,
        "side": change.side,
        "where": change.where,
        "line": shown.line_of(change.where),
        "fields": change.fields,
        "what": change.what,
        "hits": change.hits,
    }
    if change.witness is not None:
        found["witness"] = {"shows": change.witness.shows, **shown.whole(change.witness)}
    return found


def _sentence(change: Change) -> str:
    if change.side == "document":
        return change.what
    named = ", ".join(change.fields[:_MOST_NAMED])
    more = len(change.fields) - _MOST_NAMED
    return f"{named}{f' and {more} more' if more > 0 else ''} {change.what}".strip()


def _hits(change: Change) -> str:
    return f"{_HIT[change.side]} {', '.join(change.hits) or 'anything'}"


def _line(change: Change, shown: Shown) -> str:
    number = shown.line_of(change.where)
    return f" (line {number})" if number else ""
