"""Judges mutants one after the other, each in a process that is forked where all is loaded.

Run as a command (``python -m conformance.mutation.judging``), in a process of its own: the suite takes the
account that it judges from the environment.
"""

import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import BaseSchema, HookContext
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from starlette.types import ASGIApp

import execution_hooks_conformance.hooks as suite
from conformance.mutation.apart import arguments, judged_apart
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.exercised import Exchange, exercised_at, watched
from conformance.mutation.judged import Judged
from conformance.mutation.mutant import Mutant
from conformance.mutation.other_operations import with_other_operations
from conformance.mutation.recorded import RecordedCases
from conformance.mutation.serving import serving
from conformance.mutation.switch import Switch
from conformance.mutation.watched_log import Broken, WatchedLog
from execution_hooks.contract.document import Contract
from execution_hooks_conformance.directed import send_all
from execution_hooks_conformance.exchange_log import ExchangeLog
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.stateful import Walk

_NOWHERE = "http://127.0.0.1:1"
_LONGEST_TEXT = 2000
_SUITES = 3
_FIRST = {
    "listExecutionHooks": ("createExecutionHook",),
    "listAppExecutionHooks": ("createExecutionHook",),
    "listHookSources": ("createHookSource",),
}
"""What fills a list, before it is judged."""


class Bench:
    """What is loaded once: the contract, the suite, and the cases to send."""

    def __init__(self, contract: Path, config_file: Path, store: Path, recorded: RecordedCases) -> None:
        self._switch = switch = Switch()

        @schemathesis.hook
        def after_load_schema(context: HookContext, schema: BaseSchema) -> None:  # noqa: ARG001
            schema.app = switch

        config = SchemathesisConfig.from_path(config_file)
        config.projects.override.update(base_url=_NOWHERE)
        self._schema: Any = schemathesis.openapi.from_path(contract, config=config)
        self._walk = Walk(contract, config_file, _NOWHERE)
        self._contract = Contract.bundled()
        self._store = store
        self._recorded = recorded

    def judge(self, mutant: Mutant, folder: Path) -> Judged:
        """Judge a mutant. To be done once in a process."""
        log = WatchedLog(mutant.promise)
        exchanges: list[Exchange] = []
        started = time.process_time()
        try:
            with serving(mutant, self._contract, self._store, folder) as app:
                self.send(mutant, watched(exchanges)(app) if mutant.kind == "control" else app, log)
            verdict, promise, found = "survived", "", ""
        except Broken as broken:
            verdict, promise, found = "killed", broken.promise, broken.found
        except Exception:  # noqa: BLE001 whatever it is, it is reported
            verdict, promise, found = "error", "", traceback.format_exc()
        seconds, also = time.process_time() - started, sorted({*log.broken} - {promise})
        seen = exercised_at(mutant, exchanges)
        return Judged(mutant.id, verdict, promise, found[-_LONGEST_TEXT:], log.last, seconds, also, seen)

    def send(self, mutant: Mutant, app: ASGIApp, log: ExchangeLog) -> None:
        """Send an app all requests that a mutant is judged by; what was judged goes to a log."""
        self._switch.app = app
        suite.begin(log)
        operation_id, authorization = mutant.operation, Facts.from_environment().authorization
        operation = self._schema.find_operation_by_id(operation_id)
        send_all(suite.parts(self._schema), Level.FULL, {operation_id, *_FIRST.get(operation_id, ())})
        for case in self._recorded.of(operation_id, operation, authorization):
            response = case.call()
            with suppress(FailureGroup):  # what it means to a promise is in the log
                case.validate_response(response)
        if mutant.walks:
            self._walk.begin()
            self._walk.run(range(_SUITES))


def main() -> int:
    """Judge mutants by their ids; write what came of each as a line of JSON."""
    given = arguments("Judge mutants of the server.").parse_args()
    names = given.mutants.read_text("utf-8").splitlines()
    mutants = with_other_operations(every_mutant(), names)
    bench = Bench(given.contract, given.config, given.store, RecordedCases(given.recorded))
    with given.report.open("w", encoding="utf-8", buffering=1) as report:
        for name in names:
            report.write(f"{judged_apart(bench, mutants[name], given.report.parent).line()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
