"""The parts of a run, put together when the server can be asked."""

from functools import reduce
from typing import Any

from schemathesis import Case, Response

from execution_hooks_conformance.catalogue import Catalogue
from execution_hooks_conformance.exchange_log import ExchangeLog
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.features import LEFT_OUT
from execution_hooks_conformance.fixtures import Fixtures
from execution_hooks_conformance.judge import Judge
from execution_hooks_conformance.levels import Level, level_of
from execution_hooks_conformance.listed_fields import ListedFields
from execution_hooks_conformance.oracle.contract import Contract
from execution_hooks_conformance.oracle.outcome import number_of
from execution_hooks_conformance.oracle.pages import Pages
from execution_hooks_conformance.oracle.prediction import Predictor
from execution_hooks_conformance.probe import Probe
from execution_hooks_conformance.response_checks import ResponseChecks
from execution_hooks_conformance.response_form import ResponseForm
from execution_hooks_conformance.run_settings import RunSettings
from execution_hooks_conformance.traffic import Traffic


class RunParts:
    """What shapes and judges the cases of one run. Reads what the account holds as it is made."""

    def __init__(
        self,
        schema: Any,  # noqa: ANN401 Schemathesis says no more of it
        document: dict[str, Any],
        facts: Facts,
        settings: RunSettings,
        log: ExchangeLog | None,
    ) -> None:
        level, strict = settings.level, settings.is_strict
        listed = None if strict else ListedFields(document)
        self.document = document
        self.facts = facts
        self.log = log
        self.state, pages, self.probe = facts.account_state(), Pages(), Probe(schema, facts, listed)
        self.fixtures = Fixtures(self.probe, self.state, facts)
        self.fixtures.learn()
        self.traffic = Traffic(self.state, self.fixtures, pages, facts)
        self.catalogue = Catalogue(document)
        left_out = frozenset(document.get(LEFT_OUT, ()))
        predictor = Predictor(level, _levels_of_problems(document), left_out)
        form = ResponseForm(document, level, is_strict=strict)
        judge = Judge(log, form, level, left_out) if log else None
        contract = Contract(document)
        self.response_checks = ResponseChecks(
            self.probe, self.state, pages, contract, predictor, judge, listed=listed
        )

    def check(self, case: Case[Any], response: Response) -> None:
        """Check and judge the response to a case."""
        self.response_checks.check(case, response)


def _levels_of_problems(document: dict[str, Any]) -> dict[str, Level]:
    """Return the lowest level at which a problem is known, by its number."""

    def add(known: dict[str, Level], problem: dict[str, Any]) -> dict[str, Level]:
        number, level = number_of(problem["type"]), level_of(problem)
        lower = number in known and level.includes(known[number])
        return known if lower else {**known, number: level}

    return reduce(add, document["components"]["x-problems"].values(), {})
