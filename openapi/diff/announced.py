"""Whether the version and CHANGELOG.md announce what changed since the last release."""

import re
from collections.abc import Sequence

from diff.changes import Change, Level

_HEADING = re.compile(r"^## (\S+)", re.MULTILINE)
_BREAKING = re.compile(r"^### Breaking\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)


def missing(changes: Sequence[Change], old: str, new: str, changelog: str) -> list[str]:
    """Return what has to be done before these changes may be merged: nothing if they are announced.

    A breaking change takes a new first number of the version, below 1.0 a new second one, and each of them an
    entry below the heading "Breaking" of that version. What else clients can see takes a later version.
    """
    levels = {each.level for each in changes}
    if not levels & {"breaking", "additive"}:
        return []
    grave: Level = "breaking" if "breaking" in levels else "additive"
    demands = []
    least = _least(old, grave)
    if _numbers(new) < _numbers(least):
        demands.append(f"set the version to {least} or later: it is {new}, and {old} is released")
    section = _section(changelog, new)
    if section is None:
        demands.append(f"give CHANGELOG.md a heading for {new}")
    elif grave == "breaking":
        entries = "\n".join(_BREAKING.findall(section))
        unsaid = (where for where in _places(changes) if where not in entries)
        demands += [f"announce {each} below the heading Breaking of {new} in CHANGELOG.md" for each in unsaid]
    return demands


def _places(changes: Sequence[Change]) -> list[str]:
    return list(dict.fromkeys(f"`{each.where}`" for each in changes if each.level == "breaking"))


def _least(old: str, level: Level) -> str:
    first, second, third = _numbers(old)
    if level == "additive":
        return f"{first}.{second}.{third + 1}"
    return f"{first + 1}.0.0" if first else f"0.{second + 1}.0"


def _numbers(version: str) -> tuple[int, int, int]:
    first, second, third = version.split(".")
    return int(first), int(second), int(third)


def _section(changelog: str, version: str) -> str | None:
    """Return what the changelog says of a version, or None if it has no heading for it."""
    headings = list(_HEADING.finditer(changelog))
    for number, heading in enumerate(headings):
        if heading[1].rstrip(",") == version:
            end = headings[number + 1].start() if number + 1 < len(headings) else len(changelog)
            return changelog[heading.end() : end]
    return None
