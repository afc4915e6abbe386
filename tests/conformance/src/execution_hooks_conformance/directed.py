"""Sends requests that each have a purpose, in the same order every time, and judges the responses.

As a command it needs a process of its own, as Schemathesis does.
"""

import argparse
import importlib
import json
import os
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
import schemathesis
from schemathesis.config import SchemathesisConfig

from execution_hooks_conformance import directed_bodies as bodies
from execution_hooks_conformance.directed_keys import judge_keys
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle.references import resolved
from execution_hooks_conformance.run_parts import RunParts
from execution_hooks_conformance.run_settings import RunSettings

_CREATE = "createExecutionHook"


@dataclass(frozen=True)
class Step:
    """A request to create a hook: what differs from one that a right server accepts.

    ``authorization`` is the header as it is sent; none if it is empty, the user's own if it is None. So is
    ``account`` the one in the path.
    """

    body: object
    authorization: str | None = None
    account: str | None = None
    query: tuple[tuple[str, str], ...] = ()
    media_type: str = "application/json"


def steps(facts: Facts, level: Level, most_bytes: int) -> Iterator[Step]:
    """Yield the requests of a level; ``most_bytes`` is the size that a body may have."""
    yield from map(Step, bodies.acceptable(facts))
    taken = bodies.least(facts)
    yield from (
        Step(taken),
        Step(taken),
        Step({**bodies.least(facts), "name": taken["name"], "stage": "pre"}),
    )
    yield Step(bodies.foreign_metadata(facts))
    yield from map(Step, bodies.wrong_once(facts))
    yield from (Step(body) for _, body in bodies.wrong_often(facts))
    yield from (Step(payload) for payload in (b"{", b"", b"[1,", b'{"name": NaN}', b'{"name": "\xff"}'))
    yield from _unauthorized(facts)
    if level is Level.PAGE:
        return
    yield from map(Step, bodies.beyond_the_page(facts))
    yield from (Step(bodies.least(facts), query=(pair,)) for pair in (("limit", "1"), ("dryRun", "true")))
    if facts.limited_app_id:
        yield Step({**bodies.least(facts), "appID": facts.limited_app_id, "action": "failover"})
    if level is Level.FULL:
        yield from _of_size_and_type(facts, most_bytes)


def _unauthorized(facts: Facts) -> Iterator[Step]:
    wrong = ("", "Bearer wrong", f"Basic {facts.token}", facts.token, "Bearer")
    yield from (Step(bodies.least(facts), authorization=header) for header in wrong)
    if facts.viewer_token:
        yield Step(bodies.least(facts), authorization=f"Bearer {facts.viewer_token}")
    for account in (str(uuid4()), "00000000-0000-0000-0000-000000000000", facts.foreign_account_id):
        if account:
            yield Step(bodies.least(facts), account=account)
    if facts.foreign_token:
        yield Step(bodies.least(facts), authorization=f"Bearer {facts.foreign_token}")


def _of_size_and_type(facts: Facts, most_bytes: int) -> Iterator[Step]:
    """Yield a body of the largest size, one of a byte more, and bodies of types that are not read."""
    yield from (
        Step(json.dumps(bodies.least(facts)).encode().ljust(size)) for size in (most_bytes, most_bytes + 1)
    )
    yield Step(bodies.least(facts), media_type="application/astra-executionHook+json")
    for media_type in ("text/plain", "application/xml", "application/astra-hookSource+json"):
        yield Step(b"{}", media_type=media_type)


def take(step: Step, parts: RunParts) -> None:
    """Send a request and judge the response; one without a response is in the log."""
    facts = parts.facts
    header = facts.authorization if step.authorization is None else step.authorization
    try:
        case, response = parts.probe.exchange(
            _CREATE,
            {"account_id": step.account or facts.account_id},
            headers={"Authorization": header} if header else {},
            query=dict(step.query),
            body=step.body,
            media_type=step.media_type,
        )
    except requests.RequestException:
        return
    parts.check(case, response)


def main() -> int:
    """Take all steps."""
    parser = argparse.ArgumentParser(description="Send requests that each have a purpose.")
    parser.add_argument("contract", type=Path)
    parser.add_argument("--config", type=Path, required=True, help="Schemathesis' configuration")
    parser.add_argument("--url", required=True, help="of the server")
    given = parser.parse_args()
    try:
        _send_all(given.contract, given.config, given.url)
    except Exception:  # noqa: BLE001 whatever it is, it is printed
        traceback.print_exc()
        return 2
    return 0


def _send_all(contract: Path, config_file: Path, url: str) -> None:
    hooks = importlib.import_module(os.environ["SCHEMATHESIS_HOOKS"])
    config = SchemathesisConfig.from_path(config_file)
    config.projects.override.update(base_url=url)
    schema: Any = schemathesis.openapi.from_path(contract, config=config)
    send_all(hooks.parts(schema), RunSettings.from_environment().level)


def send_all(parts: RunParts, level: Level) -> None:
    """Take all steps of a level, by the parts of a run."""
    sources = parts.fixtures.given("hookSources")
    facts = parts.facts
    if not facts.source_id and sources:
        facts = replace(facts, source_id=sources[0].id)
    body = resolved(parts.document["components"]["requestBodies"]["NewExecutionHook"], parts.document)
    for step in steps(facts, level, body["x-max-bytes"]):
        take(step, parts)
    if level is Level.FULL:
        judge_keys(parts, facts)


if __name__ == "__main__":
    sys.exit(main())
