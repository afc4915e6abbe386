"""What Spectral finds in a contract, without what suppressions.yaml gives a reason for."""

import json
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import yaml

from tools import REVIEW, run, tool

SUPPRESSIONS = REVIEW / "suppressions.yaml"


class Finding(NamedTuple):
    """A rule that a contract breaks, and where, as the keys that lead there, joined by slashes."""

    rule: str
    place: str
    message: str


class Suppression(NamedTuple):
    """A rule that need not hold in some places (``*`` stands for any text), and why."""

    rule: str
    places: list[str]
    reason: str


def findings(contract: Path) -> list[Finding]:
    """Lint a contract. Raises ValueError if Spectral does not."""
    command = ("lint", "--ruleset", "spectral.yaml", "--format", "json", "--quiet", contract)
    done = run(tool("spectral", *command), quiet=True)
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise ValueError(f"Spectral reported nothing that can be read: {done.stdout[:500]}") from error
    return [Finding(each["code"], "/".join(map(str, each["path"])), each["message"]) for each in found]


def suppressions() -> list[Suppression]:
    """Read the suppressions."""
    return [Suppression(**each) for each in yaml.safe_load(SUPPRESSIONS.read_text("utf-8"))]


def unexplained(found: list[Finding], known: list[Suppression]) -> list[str]:
    """Return, as lines, the findings without a suppression, and the suppressions without a finding."""
    lines = [
        f"{each.rule} at {each.place}: {each.message}"
        for each in found
        if not any(each.rule == one.rule and _is_among(each.place, one.places) for one in known)
    ]
    lines += [
        f"suppressions.yaml: {one.rule} finds nothing at {place}; remove the entry"
        for one in known
        for place in one.places
        if not any(each.rule == one.rule and _is_among(each.place, [place]) for each in found)
    ]
    return lines


def _is_among(place: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(place, pattern) for pattern in patterns)
