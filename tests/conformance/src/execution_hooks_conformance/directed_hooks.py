"""Requests that create hooks, of the bodies in ``directed_bodies``; what is right comes first."""

import json
from collections.abc import Collection, Iterator
from uuid import uuid4

from execution_hooks_conformance import directed_bodies as bodies
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.steps import Step

CREATE = "createExecutionHook"
_NO_JSON = (b"{", b"", b"[1,", b'{"name": NaN}', b'{"name": "\xff"}', b"{'name': 1}", b'{"name": 01}')


def steps(facts: Facts, level: Level, media_types: Collection[str]) -> Iterator[Step]:
    """Yield the requests of a level; ``media_types`` are those of the body."""
    yield from map(_step, bodies.acceptable(facts))
    yield from map(_step, bodies.with_names_that_differ(facts))
    yield from map(_step, bodies.with_a_taken_name(facts))
    yield _step(bodies.foreign_metadata(facts))
    yield from map(_step, bodies.wrong_once(facts))
    yield from map(_step, bodies.wrong_often(facts))
    yield from map(_step, _NO_JSON)
    if level is Level.PAGE:
        return
    yield from map(_step, bodies.beyond_the_page(facts))
    if facts.limited_app_id:
        limited = {**bodies.least(facts), "appID": facts.limited_app_id}
        yield from (_step({**limited, "action": each}) for each in ("failover", "restore"))
    if level is Level.FULL:
        yield from _at_the_size(facts)
        yield from (_step(bodies.least(facts)).but(media_type=each) for each in media_types)


def _step(body: object) -> Step:
    return Step(CREATE, body=body)


def _at_the_size(facts: Facts) -> Iterator[Step]:
    """Yield bodies of the greatest size, and near it on either side; as they are, and in wide characters."""
    for more in (-1, 0, 1):
        yield _step(json.dumps(bodies.least(facts)).encode().ljust(bodies.MOST_BYTES + more))
    label = {"name": str(uuid4()), "value": "x" * (bodies.MOST_BYTES // 2)}
    yield _step({**bodies.least(facts), "metadata": {"labels": [label]}})
