"""Bodies of hooks, each with a purpose: at the bounds of a field, beyond them, wrong in several places."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.least_bodies import HOOK

Body = dict[str, Any]
_STAGES = {
    "snapshot": ("pre", "post"),
    "backup": ("pre", "post"),
    "restore": ("post",),
    "failover": ("post",),
}
MOST_BYTES = 262_144
"""The size that a body may have (D-28)."""
_CRITERION = {"type": "podName", "value": "x"}
LABEL = {"name": "team", "value": "finance"}
NEAR_MISSES: Mapping[str, tuple[Any, ...]] = {
    "type": ("application/astra-hookSource", "application/astra-executionhook", ""),
    "version": ("1.4", "1", "0.9", "1.30", " 1.3", 1.3),
    "hookType": ("Custom", "customs", None),
    "action": ("Snapshot", "Failover", "restores", "clone", True),
    "stage": ("during", "Post", "", 0),
    "enabled": ("True", "False", "yes", True, False),
    "name": ("", "x" * 64, "\U0001f600" * 64, 17, None, ["x"]),
    "description": ("x" * 512, 5, {}),
    "arguments": ("freeze", [1], ["x" * 128], [f"{n}" for n in range(17)], {"0": "freeze"}),
    "matchingCriteria": (
        "all",
        {},
        ["x"],
        [{"type": "podName", "value": f"x{n}"} for n in range(11)],
        [{"type": 1, "value": "x"}],
        [_CRITERION, {"type": "podName", "value": 7}],
    ),
    "metadata": (
        [],
        "x",
        {"labels": {}},
        {"labels": [{"name": "team"}]},
        {"labels": [LABEL, {"name": "tier", "value": 1}]},
    ),
    "hookSourceID": (7, None),
    "appID": (False, []),
}  # fmt: skip
_NIL = "00000000-0000-0000-0000-000000000000"
_UNKNOWN_ID = "b1a5c0de-0000-4000-8000-000000000000"


def least(facts: Facts) -> Body:
    """Return the least that a server must accept, under a name that was never used."""
    source = facts.source_id or ""
    return {**HOOK, "name": f"conformance {uuid4()}", "hookSourceID": source, "appID": facts.app_id}


def whole(facts: Facts) -> Body:
    """Return a body with every field that a client may set, under a name that was never used."""
    return {
        **least(facts),
        "description": "as it was created",
        "arguments": ["--freeze"],
        "enabled": "false",
        "matchingCriteria": [_CRITERION],
        "metadata": {"labels": [LABEL]},
    }


def acceptable(facts: Facts) -> Iterator[Body]:
    """Yield bodies that break no rule: each action with each of its stages, and the bounds of each field."""
    for action, stages in _STAGES.items():
        yield from ({**least(facts), "action": action, "stage": stage} for stage in stages)
    yield from ({**least(facts), "version": version} for version in ("1.0", "1.1", "1.2", "1.3"))
    for changes in _at_the_bounds():
        yield {**least(facts), **changes}


def _at_the_bounds() -> Iterator[Body]:
    stamp = f"conformance {uuid4().hex}"
    yield {"name": stamp.ljust(63, "x")}
    yield {"name": f"{stamp[:30]}{'é' * 10}{chr(0x1F600) * 23}"}
    yield {"name": f" {stamp} "}
    yield from ({"enabled": value} for value in ("true", "false"))
    yield from ({"description": value} for value in ("", "x" * 511, "Grüße, 世界"))
    yield from ({"arguments": value} for value in ([], [""], ["x" * 127], [f"--{n}" for n in range(16)]))
    yield {"arguments": ["--db", "a", "--db", "b"]}
    yield {"matchingCriteria": []}
    yield {"matchingCriteria": [{"type": "containerImage", "value": f"image-{n}"} for n in range(10)]}
    yield {"metadata": {"labels": [LABEL]}}
    yield {"metadata": {}}


def with_names_that_differ(facts: Facts) -> Iterator[Body]:
    """Yield bodies whose names differ by a code point, a space at an edge, or the case of a letter alone."""
    stem = f"conformance {uuid4().hex} café"
    composed, decomposed = stem, stem.replace("é", "e\u0301")
    for name in (composed, decomposed, f"{stem[:-1]}É", f" {stem}", f"{stem} ", f"{stem}\u00a0", f"{stem}\t"):
        yield {**least(facts), "name": name}


def with_a_taken_name(facts: Facts) -> Iterator[Body]:
    """Yield a body, itself again, and another one of the same name."""
    taken = least(facts)
    yield from (taken, taken, {**least(facts), "name": taken["name"], "action": "backup", "stage": "pre"})


def foreign_metadata(facts: Facts) -> Body:
    """Return a body that claims another creator and another time."""
    then = "2001-02-03T04:05:06Z"
    claimed = {"creationTimestamp": then, "modificationTimestamp": then, "createdBy": _UNKNOWN_ID}
    return {**least(facts), "metadata": claimed}


def wrong_once(facts: Facts) -> Iterator[object]:
    """Yield what breaks one rule of the tables: a missing field, a near miss, another type; a wrong stage."""
    whole = least(facts)
    yield from ({name: value for name, value in whole.items() if name != missing} for missing in whole)
    for name, values in NEAR_MISSES.items():
        yield from ({**least(facts), name: value} for value in values)
    yield from ({**least(facts), "action": action, "stage": "pre"} for action in ("restore", "failover"))
    for action, stage in (("Failover", "pre"), ("restore", "Pre")):
        yield {**least(facts), "action": action, "stage": stage}
    yield from ([], [least(facts)], "a hook", 7, None, {})


def wrong_often(facts: Facts) -> Iterator[Body]:
    """Yield bodies with two to eight violations at once; some are within lists, some are missing fields."""
    violations: Body = {
        "version": "1.4",
        "hookType": "Custom",
        "stage": "during",
        "name": "",
        "description": "x" * 512,
        "arguments": ["a", "x" * 128, 7],
        "enabled": "True",
        "type": "application/astra-hookSource",
    }
    names = [*violations]
    for number in range(2, len(names) + 1):
        yield {**least(facts), **{name: violations[name] for name in names[:number]}}
    criteria = [{"type": "podNames", "value": "x"}, {"type": 1, "value": 7}, {}]
    labels = [{"name": 1, "value": "x"}, {"name": "team"}]
    nested: Body = {"matchingCriteria": criteria, "metadata": {"labels": labels}}
    yield {**least(facts), **nested}
    for missing in (["name"], ["name", "stage"], ["type", "version", "appID"]):
        left = {name: value for name, value in least(facts).items() if name not in missing}
        yield {**left, "description": 5, "arguments": ["x" * 128]}


def beyond_the_page(facts: Facts) -> Iterator[Body]:
    """Yield what only the vendor's other documents or the contract refuse."""
    yield {**least(facts), "hookType": "netapp"}
    yield {**least(facts), "appID": _UNKNOWN_ID}
    yield {**least(facts), "hookSourceID": _UNKNOWN_ID}
    yield {**least(facts), "appID": _UNKNOWN_ID, "hookSourceID": _UNKNOWN_ID}
    for value in (
        "not an id",
        facts.app_id.upper(),
        "b1a5c0de-0000-1000-8000-000000000000",
        _NIL,
        f"{_UNKNOWN_ID} ",
    ):
        yield from ({**least(facts), name: value} for name in ("appID", "hookSourceID"))
    yield {**least(facts), "color": "red"}
    yield {**least(facts), "id": _UNKNOWN_ID}
    yield {**least(facts), "arguments": None}
    yield {**least(facts), "name": "a\0b"}
    for pattern in ("(", "[z-a]", r"(?<=a)b", r"(a)\1", "(?!x)", "x{1001}", r"\u0041"):
        yield {**least(facts), "matchingCriteria": [_CRITERION, {"type": "podName", "value": pattern}]}
    for kind in ("podNames", "PodName", "NamespaceName", "image", ""):
        yield {**least(facts), "matchingCriteria": [{"type": kind, "value": "x"}]}
    yield {**least(facts), "metadata": {"labels": [LABEL, LABEL]}}
    yield {**least(facts), "metadata": {"color": "red"}}
    yield {**least(facts), "metadata": {"labels": [{**LABEL, "color": "red"}]}}
    yield {**least(facts), "matchingCriteria": [{}]}
    yield {**least(facts), "matchingCriteria": [{"type": "podName", "value": "x"}] * 2}
