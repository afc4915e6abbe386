"""Walks the links of the contract: chains of requests in which each one follows from an earlier response.

Schemathesis' own command ends this phase early, and without a word, as soon as Hypothesis repeats the
beginning of a chain and meets another response there; in a server that keeps what it is sent this is bound to
happen. So many short suites are run here, each with a seed of its own, none of which is long enough for
Hypothesis to repeat anything.

As a command it needs a process of its own, as Schemathesis does.
"""

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

import hypothesis
import requests
import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.checks import CheckResult
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import ignored_auth

from execution_hooks_conformance.record import Record

_CHAINS = 10
"""In a suite. After the tenth Hypothesis begins to vary chains that it has tried."""


class Walk:
    """A walk along the links of a contract, on the server at a URL or on the app that a hook puts in."""

    def __init__(self, contract: Path, config_file: Path, url: str, seed: int | None = None) -> None:
        config = SchemathesisConfig.from_path(config_file)
        config.projects.override.update(base_url=url)
        schema: Any = schemathesis.openapi.from_path(contract, config=config)
        self._seed = schema.config.seed if seed is None else seed
        self._settings = hypothesis.settings(
            max_examples=_CHAINS,
            stateful_step_count=schema.config.phases.stateful.max_steps,
            deadline=None,
            database=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        self._confirmed: set[str] = set()
        self._chains = _judged_once_for_authentication(schema.as_state_machine(), self._confirmed)

    def begin(self) -> None:
        """Take what is walked on for another server than before."""
        self._confirmed.clear()

    def run(self, suites: Iterable[int]) -> str:
        """Run suites by their numbers, until one fails; say what failed."""
        try:
            for number in suites:
                self._run(self._seed + number)
        except FailureGroup as failures:
            return "\n".join(f"{each.title}: {each.message}" for each in failures.exceptions)
        return ""

    def _run(self, seed: int) -> None:
        """Run one suite; it ends early where Hypothesis repeats a chain and meets another response."""
        suite: Any = hypothesis.seed(seed)(type("Suite", (self._chains,), {"rule_order_seed": seed}))
        with suppress(hypothesis.errors.FlakyStrategyDefinition):
            suite.run(settings=self._settings)


def _judged_once_for_authentication(chains: Any, confirmed: set[str]) -> Any:  # noqa: ANN401 made at run time
    """Have the check that repeats a request without its token do so once for each operation."""
    session = requests.Session()
    session.trust_env = False

    class Chains(chains):  # type: ignore[misc]
        def get_call_kwargs(self, case: Case[Any]) -> dict[str, Any]:
            return {"session": session} if case.operation.app is None else {}

        def validate_response(self, response: Response, case: Case[Any], **sent: Any) -> None:  # noqa: ANN401
            label = case.operation.label
            again = [ignored_auth] if label in confirmed else []
            if response.status_code < HTTPStatus.BAD_REQUEST:
                confirmed.add(label)
            case.validate_response(
                response, excluded_checks=again, transport_kwargs=sent or None, recorder=self.recorder
            )

    return Chains


def main() -> int:
    """Walk the links; return 1 if a check failed, or 2 if something else did."""
    parser = argparse.ArgumentParser(description="Walk the links of a contract on a server.")
    parser.add_argument("contract", type=Path)
    parser.add_argument("--config", type=Path, required=True, help="Schemathesis' configuration")
    parser.add_argument("--url", required=True, help="of the server")
    parser.add_argument("--suites", type=int, required=True, help=f"each of up to {_CHAINS} chains")
    parser.add_argument("--seed", type=int, help="of the first suite; the others take the next numbers")
    parser.add_argument("--record", type=Path, required=True, help="file to note each case in")
    given = parser.parse_args()
    importlib.import_module(os.environ["SCHEMATHESIS_HOOKS"])
    _note_all(Record.at(given.record))
    try:
        failed = Walk(given.contract, given.config, given.url, given.seed).run(range(given.suites))
    except Exception:  # noqa: BLE001 whatever it is, it is printed
        traceback.print_exc(file=sys.stdout)
        return 2
    sys.stdout.write(failed)
    return 1 if failed else 0


def _note_all(record: Record) -> None:
    @schemathesis.hook
    def after_validate(
        context: HookContext,  # noqa: ARG001
        case: Case[Any],
        response: Response,
        results: list[CheckResult],
    ) -> None:
        record.note(case, response, results)


if __name__ == "__main__":
    sys.exit(main())
