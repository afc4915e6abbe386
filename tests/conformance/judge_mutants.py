"""Judges mutants one after the other, in one process: to start one takes longer than to judge it.

Run as a command (``python -m conformance.judge_mutants``), in a process of its own.
"""

import argparse
import json
import sys
from pathlib import Path
from shutil import copy
from typing import Any

import schemathesis
from schemathesis import BaseSchema, Case, HookContext, Response
from schemathesis.checks import CheckResult
from schemathesis.engine import Status
from starlette.types import ASGIApp, Receive, Scope, Send

import execution_hooks_conformance.hooks
from conformance.mutants import MUTANTS
from execution_hooks.store.database import open_database
from execution_hooks_conformance.stateful import Walk

_SUITES = 5
_NOWHERE = "http://127.0.0.1:1"


class Switch:
    """An application that is one server now and another one later."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on; the servers need no lifespan."""
        if scope["type"] == "http":
            await self.app(scope, receive, send)
            return
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        await send({"type": "lifespan.shutdown.complete"})


def main() -> int:
    """Write to a file, for each mutant, which checks failed until the one did that is meant for it.

    A suite ends at its first failing case, and another may fail by another check.
    """
    parser = argparse.ArgumentParser(description="Judge mutants of the server.")
    parser.add_argument("contract", type=Path)
    parser.add_argument("--config", type=Path, required=True, help="Schemathesis' configuration")
    parser.add_argument(
        "--store", type=Path, required=True, help="what each server begins with, copied for it"
    )
    parser.add_argument("--report", type=Path, required=True, help="file to write to")
    parser.add_argument(
        "checks", type=json.loads, help="the check that is meant for each, by mutant, in JSON"
    )
    given = parser.parse_args()
    switch, failed = Switch(), set[str]()
    _register(switch, failed)
    walk = Walk(given.contract, given.config, _NOWHERE)
    found: dict[str, list[str]] = {}
    for number, (mutant, check) in enumerate(given.checks.items()):
        store = copy(given.store, f"{number}.db")
        with open_database(f"sqlite:///{store}") as database:
            switch.app = MUTANTS[mutant].server(database)
            execution_hooks_conformance.hooks.begin()
            walk.begin()
            failed.clear()
            for suite in range(_SUITES):
                walk.run([suite])
                if check in failed:
                    break
        found[mutant] = sorted(failed)
    given.report.write_text(json.dumps(found), "utf-8")
    return 0


def _register(switch: Switch, failed: set[str]) -> None:
    """Have cases sent to the switch, and the checks that fail collected."""

    @schemathesis.hook
    def after_load_schema(context: HookContext, schema: BaseSchema) -> None:  # noqa: ARG001
        schema.app = switch

    @schemathesis.hook
    def after_validate(
        context: HookContext,  # noqa: ARG001
        case: Case[Any],  # noqa: ARG001
        response: Response,  # noqa: ARG001
        results: list[CheckResult],
    ) -> None:
        failed.update(each.name for each in results if each.status == Status.FAILURE)


if __name__ == "__main__":
    sys.exit(main())
