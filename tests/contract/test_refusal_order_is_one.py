"""The order of refusals: DECISIONS.md shows, the server runs, and the suite predicts one and the same."""

import re
from pathlib import Path

from execution_hooks.domain.refusals import Refusal, in_order
from execution_hooks_conformance.oracle import refusals

DECISIONS = (Path(__file__).resolve().parents[2] / "openapi" / "DECISIONS.md").read_text("utf-8")
SECTION = DECISIONS[DECISIONS.index("## The order of refusals") :].partition("\n## ")[0]
SHOWN = re.findall(r"^(\d+)\. (.+?): \d{3}\b", SECTION, re.MULTILINE)

LEFT_OUT_BY_THE_SUITE = {Refusal.ROUTE, Refusal.RATE, Refusal.IN_FLIGHT}
"""What the suite, which sends what a server serves at once, has no need to predict."""
NAMES_IN_THE_SUITE = {
    Refusal.JSON: "body",
    Refusal.SCHEMA: "body",
    Refusal.RESOURCE: "place",
    Refusal.RULES: "extended",
}


def test_decisions_show_the_list_that_the_server_runs() -> None:
    assert [words for _, words in SHOWN] == [refusal.value for refusal in Refusal]
    assert [int(number) for number, _ in SHOWN] == list(range(1, len(Refusal) + 1))


def test_the_suite_predicts_in_the_same_order() -> None:
    names = [
        NAMES_IN_THE_SUITE.get(refusal, refusal.name.lower())
        for refusal in Refusal
        if refusal not in LEFT_OUT_BY_THE_SUITE
    ]

    assert [check.__name__ for check in refusals.IN_ORDER] == list(dict.fromkeys(names))


def test_checks_are_run_in_the_order_of_the_list_however_they_are_given() -> None:
    backwards = {refusal: refusal.name for refusal in reversed(Refusal)}

    assert in_order(backwards) == tuple(Refusal.__members__)
    assert in_order({Refusal.NAME: "name", Refusal.RULES: "rules"}) == ("rules", "name")
