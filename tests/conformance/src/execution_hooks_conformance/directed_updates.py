"""Requests that change a hook or a hook source: at the bounds of fields, and beyond them."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from execution_hooks_conformance.directed_bodies import NEAR_MISSES as OF_NEW_HOOKS
from execution_hooks_conformance.directed_sources import NEAR_MISSES as OF_NEW_SOURCES
from execution_hooks_conformance.directed_sources import scripts_at_the_bound
from execution_hooks_conformance.oracle.target import HOOKS
from execution_hooks_conformance.steps import Operation, Step

Values = Mapping[str, tuple[Any, ...]]
_NUL = "a\0b"
_CONTAINER = {
    "podName": "payroll-db-0",
    "podLabels": [{"name": "app", "value": "payroll"}],
    "containerImage": "registry.example/postgres:16.4",
    "containerName": "postgres",
    "namespaceName": "payroll",
}
_TEXTS = ("podName", "containerImage", "containerName", "namespaceName")
_WRONG_LABELS: tuple[Any, ...] = (
    "app", ["app"], [{"name": "app"}], [{"value": "x"}], [{"name": 1, "value": "x"}],
    [{"name": "app", "value": 1}], [{"name": _NUL, "value": "x"}], [{"name": "app", "value": _NUL}],
    [{"name": None, "value": "x"}], [{"name": "app", "value": None}], [None], None,
    [{"name": "app", "value": "x", "color": "red"}], [{"name": "app", "value": "x"}] * 2,
)  # fmt: skip
_TIMES = ("creationTimestamp", "modificationTimestamp", "createdBy", "modifiedBy")
_METADATA: tuple[Any, ...] = (
    *({name: value} for name in _TIMES for value in (7, None, _NUL)),
    {"labels": None}, {"labels": [None]}, {"labels": [7]}, {"labels": [{"name": "a", "value": _NUL}]},
    {"labels": [{"name": _NUL, "value": "a"}]}, {"labels": [{"value": "a"}]},
    {"labels": [{"name": None, "value": "a"}]}, {"labels": [{"name": "a", "value": None}]},
    {"color": "red"}, None,
)  # fmt: skip
_IDS = ("not an id", 7, None, "b1a5c0de-0000-1000-8000-000000000000")
_OF_HOOKS: Values = {
    "id": _IDS,
    "matchingImages": (
        "x", None, [7], [None], [""], ["x" * 256], [_NUL], ["x", "x"], [f"{n}" for n in range(4096)],
    ),
    "matchingContainers": (
        "x", None, ["x"], [None], [_CONTAINER, _CONTAINER], [{**_CONTAINER, "color": "red"}],
        *([{**_CONTAINER, name: value}] for name in _TEXTS for value in (7, None, _NUL)),
        *([{**_CONTAINER, "podLabels": labels}] for labels in _WRONG_LABELS),
    ),
    "metadata": _METADATA,
    "matchingCriteria": (None, [None], [{"type": "podName", "value": None}], [{"type": None, "value": "x"}]),
    "arguments": ([None], [_NUL], 7),
    "description": (None, _NUL),
    "name": (_NUL,),
    "color": ("red",),
}  # fmt: skip
_OF_SOURCES: Values = {
    "id": _IDS,
    "private": ("true", "True", "False", "yes", True, None),
    "preloaded": ("true", "True", "False", "yes", False, None),
    "sourceMD5Checksum": (7, None, "a" * 31, "a" * 33, "A" * 32, "g" * 32, "0" * 32),
    "metadata": _METADATA,
    "description": (None, _NUL),
    "name": (_NUL,),
    "color": ("red",),
}

_METADATA_AT_THE_BOUNDS: tuple[Any, ...] = (dict.fromkeys(_TIMES, ""), {"labels": []})
_HOOKS_AT_THE_BOUNDS: Values = {
    "matchingImages": ([], ["x"], ["x" * 255], [f"{n}" for n in range(4095)]),
    "matchingContainers": ([], [_CONTAINER], [{}], [{**_CONTAINER, "podLabels": []}]),
    "enabled": ("false", "true"),
    "description": ("x" * 511, ""),
    "arguments": (["x"], None, []),
    "metadata": _METADATA_AT_THE_BOUNDS,
}
_SOURCES_AT_THE_BOUNDS: Values = {
    "description": ("x" * 511, ""),
    "private": ("false",),
    "preloaded": ("false",),
    "source": (b64encode(b"echo changed\n").decode(), *scripts_at_the_bound()),
    "metadata": _METADATA_AT_THE_BOUNDS,
}

_STAGE_AFTER_STAGE = (
    {"stage": "pre"}, {"action": "restore"}, {"stage": "post"}, {"action": "restore"}, {"stage": "pre"},
    {"action": "snapshot"},
)  # fmt: skip
"""Changes of a hook of a snapshot: each counts with what was there before."""


def steps(operation: Operation, right: Step) -> Iterator[Step]:
    """Yield changes of a resource: right ones first, then each with one thing wrong."""
    of_hooks = operation.target.collection == HOOKS
    of_a_hook = (_HOOKS_AT_THE_BOUNDS, OF_NEW_HOOKS, _OF_HOOKS)
    of_a_source = (_SOURCES_AT_THE_BOUNDS, OF_NEW_SOURCES, _OF_SOURCES)
    for changes in of_a_hook if of_hooks else of_a_source:
        for name, values in changes.items():
            yield from (_but(right, {name: value}) for value in values)
    if of_hooks:
        yield from (_but(right, changes) for changes in _STAGE_AFTER_STAGE)
    body: Any = right.body
    yield from (right.but(body={n: v for n, v in body.items() if n != name}) for name in ("type", "version"))
    if of_hooks:
        pairs = (("restore", "pre"), ("failover", "pre"), ("Failover", "pre"), ("restore", "Pre"))
        yield from (_but(right, {"action": action, "stage": stage}) for action, stage in pairs)
    others: tuple[Any, ...] = ([], "x", 7, None, b"", b"{", json.dumps([body]).encode())
    yield from (right.but(body=each) for each in others)


def _but(right: Step, changes: Mapping[str, Any]) -> Step:
    body: Any = right.body
    return right.but(body={**body, **changes})
