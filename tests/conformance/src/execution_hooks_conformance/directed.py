"""Sends requests that each have a purpose, in the same order every time, and judges the responses.

As a command it needs a process of its own, as Schemathesis does.
"""

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests
import schemathesis
from schemathesis.config import SchemathesisConfig

from execution_hooks_conformance import directed_access as access
from execution_hooks_conformance import directed_form as form
from execution_hooks_conformance import directed_hooks as hooks
from execution_hooks_conformance import directed_sources as sources
from execution_hooks_conformance import directed_updates as updates
from execution_hooks_conformance.directed_bodies import least, whole
from execution_hooks_conformance.directed_keys import judge_keys
from execution_hooks_conformance.directed_matches import SHOW_MATCHES, judge_matches
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle.target import HOOKS
from execution_hooks_conformance.run_parts import RunParts
from execution_hooks_conformance.run_settings import RunSettings
from execution_hooks_conformance.steps import Operation, RightSteps, Step, offered


def steps(parts: RunParts, facts: Facts, level: Level, only: Collection[str] | None = None) -> Iterator[Step]:
    """Yield the requests of a level; what one needs is made when its turn comes.

    ``only`` names operations by their ids; None is all of the contract.
    """
    right_steps = RightSteps(facts, parts.fixtures)
    known = {each.id: each for each in offered(parts.document) if only is None or each.id in only}
    if hooks.CREATE in known:
        yield from hooks.steps(facts, level, known[hooks.CREATE].media_types)
    if sources.CREATE in known:
        yield from sources.steps(level)
    for operation in known.values():
        yield from _of_what_is_used(operation, right_steps)
        right = right_steps.of(operation)
        if right is not None:
            yield from _around(operation, right, right_steps, level)
            yield right
        yield from _of_what_is_whole(operation, right_steps)


def _of_what_is_used(operation: Operation, right_steps: RightSteps) -> Iterator[Step]:
    """Yield the deletion of a hook source of the run's own, after a hook has come to use it."""
    if operation.id == "deleteHookSource" and right_steps.fixtures.can_make(HOOKS):
        right = right_steps.of(operation)
        if right is not None:
            used = {"hookSourceID": right.path["hookSource_id"]}
            yield Step(hooks.CREATE, body={**least(right_steps.facts), **used})
            yield right


def _of_what_is_whole(operation: Operation, right_steps: RightSteps) -> Iterator[Step]:
    """Yield the creation of a resource that has every field, and a request to read it."""
    target = operation.target
    if (
        operation.method != "get"
        or target.resource is None
        or not right_steps.fixtures.can_make(target.collection)
    ):
        return
    if target.collection == HOOKS:
        yield Step(hooks.CREATE, body=whole(right_steps.facts))
    else:
        yield Step(sources.CREATE, body=sources.whole())
    right = right_steps.of(operation)
    if right is not None:
        yield right


def _of_taken_name(operation: Operation, right: Step, right_steps: RightSteps) -> Iterator[Step]:
    """Yield a change of the name to that of another resource."""
    [resource_id] = [value for name, value in right.path.items() if name == operation.target.resource]
    name = right_steps.name_of_another(operation.target, resource_id)
    if name is not None and isinstance(right.body, dict):
        yield right.but(body={**right.body, "name": name})


def _around(operation: Operation, right: Step, right_steps: RightSteps, level: Level) -> Iterator[Step]:
    """Yield what differs in one way from a request that a right server accepts; most of it is refused."""
    facts = right_steps.facts
    yield from access.of_token(facts, operation, right)
    yield from access.of_account(facts, right)
    yield from access.of_role(facts, operation, right)
    if level is Level.PAGE:
        return
    yield from form.of_ids(operation, right)
    yield from form.of_accept(operation, right)
    yield from form.of_query(operation, right)
    yield from form.of_headers(operation, right)
    if operation.method == "put":
        yield from updates.steps(operation, right)
        yield from _of_taken_name(operation, right, right_steps)
    if level is Level.FULL:
        yield from form.of_media_types(operation, right)
        yield from form.of_size(operation, right)


def take(step: Step, parts: RunParts) -> None:
    """Send a request and judge the response; one without a response is in the log."""
    facts = parts.facts
    header = facts.authorization if step.authorization is None else step.authorization
    try:
        case, response = parts.probe.exchange(
            step.operation_id,
            {**step.path, "account_id": step.account or facts.account_id},
            headers={**({"Authorization": header} if header else {}), **step.headers},
            query=step.query,
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
    hooks_module = importlib.import_module(os.environ["SCHEMATHESIS_HOOKS"])
    config = SchemathesisConfig.from_path(config_file)
    config.projects.override.update(base_url=url)
    schema: Any = schemathesis.openapi.from_path(contract, config=config)
    send_all(hooks_module.parts(schema), RunSettings.from_environment().level)


def send_all(parts: RunParts, level: Level, only: Collection[str] | None = None) -> None:
    """Take all steps of a level, or of some operations, by the parts of a run."""
    given = parts.fixtures.given("hookSources")
    facts = parts.facts
    if not facts.source_id and given:
        facts = replace(facts, source_id=given[0].id)
    for step in steps(parts, facts, level, only):
        take(step, parts)
    if only is None or SHOW_MATCHES & {*only}:
        judge_matches(parts, facts)
    if level is Level.FULL:
        judge_keys(parts, RightSteps(facts, parts.fixtures), only)


if __name__ == "__main__":
    sys.exit(main())
