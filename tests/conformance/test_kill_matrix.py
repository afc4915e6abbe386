"""The kill matrix counts what was recorded of each mutant when it was judged last."""

from dataclasses import replace
from pathlib import Path

from conformance.mutation.equivalents import reasons
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.judged import Judged
from conformance.mutation.matrix import BEGINS, ENDS, beside, counted, markdown
from conformance.mutation.results import read_results, with_judged

_ANY = "request /components/schemas/Identifier type dropped"


def test_what_became_of_every_mutant_is_recorded() -> None:
    mutants = every_mutant()
    results = read_results()

    assert [*results.values()] == with_judged(results, [], mutants, reasons(mutants))
    assert {name for name, each in mutants.items() if each.kind != "control"} == results.keys()
    assert not [each for each in results.values() if each.verdict == "killed" and each.reason]


def test_the_kill_matrix_is_that_of_the_recorded_results() -> None:
    results = [*read_results().values()]
    folder = Path(__file__).parent
    suite, whole = ((each / "README.md").read_text("utf-8") for each in (folder, folder.parents[1]))

    assert suite.partition(BEGINS)[2].partition(ENDS)[0] == markdown(results)
    assert f"It kills {counted(results).killed} of {len(results)}\n" in whole
    _, number, _, _, by_schemathesis, _ = [*beside(results)][-1]
    assert f"Of a sample of {number}, plain Schemathesis kills {by_schemathesis}." in whole


def test_judging_some_mutants_again_records_these_and_keeps_the_others() -> None:
    mutants = every_mutant()
    one, another, third = [*mutants][20:23]
    first = with_judged({}, [Judged(one, "survived"), Judged(another, "killed", "TRUE")], mutants, {})
    before = {
        **{each.mutant: each for each in first},
        "request gone": replace(first[0], mutant="request gone"),
    }

    after = with_judged(before, [Judged(one, "killed", "TRUE", also=["FRESH"])], mutants, {third: "none"})

    assert {each.mutant: (each.verdict, [*each.promises]) for each in after} == {
        one: ("killed", ["TRUE", "FRESH"]),
        another: ("killed", ["TRUE"]),
    }


def test_a_cell_tells_what_is_alive_and_what_is_listed() -> None:
    [killed] = with_judged({}, [Judged(_ANY, "killed", "TRUE")], every_mutant(), {})
    alive = replace(killed, verdict="survived")
    listed = replace(alive, reason="none shows it")

    assert counted([killed, killed]).written == "2"
    assert counted([killed, listed]).written == "1 (1)"
    assert counted([killed, alive, listed]).written == "1 of 2 (1)"
    assert counted([]).written == ""
