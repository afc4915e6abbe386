"""What plain Schemathesis finds: its own phases and checks, with as many requests as the suite sends."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any

import schemathesis
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict
from schemathesis import BaseSchema, Case, HookContext, Response
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.engine import from_schema
from starlette.types import ASGIApp

from conformance.mutation.beside.fair_chance import FairChance
from conformance.mutation.recorded import Parts, parts_of
from execution_hooks_conformance.formats import scripts

_PATTERNS = ("db", "^web-[0-9]+$", "postgres:16", "(?i)payroll")
"""Patterns of RE2, none of which is costly."""
Identity = tuple[str, ...]
_OWN = "_has_explicit_auth"
"""Whether a case has the right token, by which a check judges it."""
_NOWHERE = "http://127.0.0.1:1"  # in process no request leaves
_SEED = 20221006
_PHASES = ("examples", "coverage", "fuzzing", "stateful")
_MAKERS = {"executionHook_id": "createExecutionHook", "hookSource_id": "createHookSource"}
"""The operation whose links lead to those that have a resource in the path."""


class Run:
    """What one run found, of so many requests; with ``known`` failures it ends at the first other one."""

    def __init__(self, known: Collection[Identity] | None = None) -> None:
        self._known = known
        self.requests = 0
        self.failures: dict[Identity, str] = {}

    @property
    def new(self) -> dict[Identity, str]:
        """What was found and is not known, with what Schemathesis says of it."""
        if self._known is None:
            return {}
        return {each: said for each, said in self.failures.items() if each not in self._known}

    def found(self, failure: Failure) -> None:
        """Note a failure. What makes two the same is what Schemathesis goes by in its baselines."""
        identity = (failure.operation or "", type(failure).__name__, failure._unique_key)  # noqa: SLF001
        self.failures.setdefault(identity, failure.message)


class Runner:
    """Runs Schemathesis on an app that may change.

    The cases of a phase that sends one after the other are made up once, on the server as it is, and sent to
    each server that is judged, as those of the suite are. Walks along links are made anew each time.
    """

    def __init__(self, contract: str, app: ASGIApp, token: str) -> None:
        self._app = app
        self._run = Run()
        self._chance: FairChance | None = None
        self._stream: Any = None
        self._left = 0
        self._made_up: list[Parts] | None = None
        self._register()
        self._alone = _load(contract, token, _PHASES[:3])
        self._walks = _load(contract, token, _PHASES[3:])

    def make_up(self, run: Run, chance: FairChance, operation: str, budget: int) -> list[Parts]:
        """Make up so many cases of an operation, and send them; return them as they were sent."""
        self._run, self._chance, self._made_up = run, chance, []
        self._go(self._alone.include(operation_id=operation), budget)
        cases, self._made_up = self._made_up, None
        return cases

    def send(self, run: Run, cases: list[Parts], operation_id: str) -> None:
        """Send cases to an operation until one shows something new."""
        self._run, self._chance = run, None
        operation = self._alone.find_operation_by_id(operation_id)
        for parts in cases:
            if run.new:
                return
            case = Case(operation, **{**parts, "headers": CaseInsensitiveDict(parts["headers"])})
            response = case.call()
            with suppress(FailureGroup):  # what they are was noted
                case.validate_response(response)

    def walk(self, run: Run, chance: FairChance, operation: str, budget: int) -> None:
        """Walk along links that lead to an operation, in so many requests, until there is something new."""
        self._run, self._chance = run, chance
        path = self._walks.find_operation_by_id(operation).path
        makers = [maker for name, maker in _MAKERS.items() if f"{{{name}}}" in path]
        if makers and not run.new:
            self._go(self._walks.include(operation_id=[operation, *makers]), budget)

    def _go(self, schema: Any, budget: int) -> None:  # noqa: ANN401 Schemathesis says no more of it
        self._left = budget
        self._stream = from_schema(schema).execute()
        for _ in self._stream:
            pass
        self._stream = None

    def _sends(self, case: Case[Any]) -> None:
        self._run.requests += 1
        if self._chance:
            self._chance.shape(case)
        if self._made_up is not None and case.meta is not None:  # else it is a check's own
            self._made_up.append({**parts_of(case), _OWN: getattr(case, _OWN)})
        self._left -= 1
        if self._stream and self._left <= 0:
            self._stream.stop()

    def _found(self, failure: Failure) -> None:
        self._run.found(failure)
        if self._stream and self._run.new:
            self._stream.stop()

    def _register(self) -> None:
        schemathesis.openapi.format("re2", st.sampled_from(_PATTERNS))
        schemathesis.openapi.format("byte", scripts())

        @schemathesis.hook
        def after_load_schema(context: HookContext, schema: BaseSchema) -> None:  # noqa: ARG001
            schema.app = self._app

        @schemathesis.hook
        def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:  # noqa: ARG001
            self._sends(case)

        @schemathesis.hook
        def filter_failure(
            context: HookContext,  # noqa: ARG001
            failure: Failure,
            case: Case[Any],  # noqa: ARG001
            response: Response,  # noqa: ARG001
        ) -> bool:
            self._found(failure)
            return True


def _load(contract: str, token: str, phases: Collection[str]) -> Any:  # noqa: ANN401 Schemathesis says no more of it
    config = SchemathesisConfig.from_dict(
        {
            "seed": _SEED,
            "continue-on-failure": True,
            "suppress-health-check": ["all"],
            "generation": {"mode": "all", "max-examples": 2000, "database": "none", "no-shrink": True},
            "checks": {"enabled": True},
            "phases": {name: {"enabled": name in phases} for name in _PHASES},
            "auth": {"openapi": {"bearerToken": {"bearer": token}}},
            "cache": {"enabled": False},
        }
    )
    config.projects.override.update(base_url=_NOWHERE)
    return schemathesis.openapi.from_path(contract, config=config)
