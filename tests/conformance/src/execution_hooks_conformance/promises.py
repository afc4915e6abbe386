"""The promises that a server is held to: each has an id that lasts, a level, and a place that it is from."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from execution_hooks_conformance.levels import Level


@dataclass(frozen=True)
class Promise:
    """What a server that conforms at a level does, always.

    ``place`` is the documented page, in our words, or an id in openapi/DECISIONS.md.
    """

    id: str
    level: Level
    says: str
    place: str


def _read(file: Path) -> dict[str, Promise]:
    entries = yaml.safe_load(file.read_text("utf-8"))
    return {each["id"]: Promise(**{**each, "level": Level(each["level"])}) for each in entries}


PROMISES = _read(Path(__file__).with_name("promises.yaml"))
"""All promises, by their ids, in the order of the list."""


def table() -> str:
    """Return the list of promises as text: id, level, what it says, and its place."""
    width = max(map(len, PROMISES))
    lines = [
        f"{each.id:<{width}}  {each.level.value:<6}  {each.says} [{each.place}]" for each in PROMISES.values()
    ]
    return "\n".join(lines)
