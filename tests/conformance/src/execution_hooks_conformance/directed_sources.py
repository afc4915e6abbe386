"""Requests that create hook sources: at the bounds of fields, beyond them, and of scripts that cannot run."""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from execution_hooks_conformance.directed_bodies import LABEL, MOST_BYTES
from execution_hooks_conformance.least_bodies import SOURCE
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.steps import Step

CREATE = "createHookSource"
Body = dict[str, Any]
_LONGEST_SCRIPT = 131_072
"""Characters of its base64 (D-81)."""
NEAR_MISSES: Mapping[str, tuple[Any, ...]] = {
    "type": ("application/astra-executionHook", "application/astra-hooksource", ""),
    "version": ("1.1", "1", 1.0),
    "sourceType": ("Script", "binary", None),
    "name": ("", "x" * 64, 17, None),
    "description": ("x" * 512, 5),
    "source": ("", 7, None, "not base64", "ZWNobwo", "ZWNobwo==", "ZW Nobwo="),
    "metadata": ([], {"labels": {}}, {"labels": [{"name": "team"}]}),
}
_SCRIPTS = (b"#!/bin/sh\r\necho\r\n", b"a\0b", b"\xef\xbb\xbfecho\n", b"\xff\xfe", "echo Grüße\n".encode())


def steps(level: Level) -> Iterator[Step]:
    """Yield the requests of a level."""
    stamp = f"conformance {uuid4().hex}"
    for changes in ({}, {"name": stamp.ljust(63, "x")}, {"name": f" {stamp} "}, {"description": "x" * 511}):
        yield _step(changes)
    yield _step({"metadata": {"labels": [LABEL]}})
    taken = {"name": f"conformance {uuid4()}"}
    yield from (_step(taken), _step(taken), _step({"name": f"{taken['name']} "}))
    for missing in SOURCE:
        yield Step(CREATE, body={name: value for name, value in least().items() if name != missing})
    for name, values in NEAR_MISSES.items():
        yield from (_step({name: value}) for value in values)
    yield from (_step({name: "true"}) for name in ("private", "preloaded", "color"))
    yield _step({"version": "9", "name": "", "source": 7, "metadata": []})
    if level is Level.FULL:
        yield from (_step({"source": b64encode(script).decode()}) for script in _SCRIPTS)
        yield from (_step({"source": script}) for script in scripts_at_the_bound())
        for more in (-1, 0):
            yield Step(CREATE, body=json.dumps(least()).encode().ljust(MOST_BYTES + more))


def scripts_at_the_bound() -> Iterator[str]:
    """Yield the longest script that a source may have, and the next longer one, in base64."""
    yield from (b64encode(b"x" * (_LONGEST_SCRIPT * 3 // 4 + more)).decode() for more in (0, 3))


def least() -> Body:
    """Return the least that creates a source, under a name that was never used."""
    return {**SOURCE, "name": f"conformance {uuid4()}"}


def whole() -> Body:
    """Return a body with every field that a client may set, under a name that was never used."""
    return {**least(), "description": "as it was created", "metadata": {"labels": [LABEL]}}


def _step(changes: Mapping[str, Any]) -> Step:
    return Step(CREATE, body={**least(), **changes})
