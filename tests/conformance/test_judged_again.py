"""On demand a sample of the mutants is judged at all their operations, and a tenth of them at more seeds."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance.mutation.equivalents import reasons
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.further import (
    SEEDS,
    a_tenth,
    at_all_operations,
    judge_again,
)
from conformance.mutation.judged import Judged
from conformance.mutation.other_operations import at_other_operations, first_id
from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.level_contract import operations
from execution_hooks_conformance.oracle.references import resolved

MUTANTS, OTHERS = every_mutant(), at_other_operations()
LISTED = reasons(MUTANTS)


def test_a_mutant_at_another_operation_changes_the_same_and_is_judged_elsewhere() -> None:
    for name, mutant in OTHERS.items():
        first = MUTANTS[first_id(name)]
        assert (mutant.pointer, mutant.about, mutant.change) == (first.pointer, first.about, first.change)
        assert mutant.operation != first.operation


def test_no_mutant_is_at_one_operation_twice() -> None:
    at = [(first_id(name), mutant.operation) for name, mutant in OTHERS.items()]

    assert len(at) == len({*at})
    assert not MUTANTS.keys() & OTHERS.keys()


def test_the_sample_is_of_shared_mutants_that_are_not_listed_at_all_other_operations() -> None:
    drawn = at_all_operations(OTHERS, LISTED)
    sample = {first_id(each) for each in drawn}

    assert len(sample) == 50
    assert not sample & LISTED.keys()
    assert [*drawn] == [each for each in OTHERS if first_id(each) in sample]


def test_the_readme_says_how_many_of_the_sample_are_judged_at_other_operations_and_how_many_are_listed() -> (
    None
):
    drawn = at_all_operations(OTHERS, LISTED)
    readme = " ".join(Path(__file__).with_name("README.md").read_text("utf-8").split())

    assert f"50 of them, which are {len(drawn)} mutants there; {len(reasons(drawn))} are listed" in readme


def test_where_fields_are_listed_as_never_named_no_problem_can_name_one() -> None:
    document = read_contract()
    naming = {name for name, each in document["components"]["x-problems"].items() if _names_fields(each)}

    for _, _, operation in operations(document):
        responses = [resolved(each, document) for each in operation["responses"].values()]
        problems = {name for each in responses for name in each.get("x-problems", ())}
        is_listed = any(
            f", at {operation['operationId']}" in each for each in reasons(OTHERS) if "InvalidField" in each
        )
        assert not (is_listed and problems & naming), operation["operationId"]


def _names_fields(problem: Mapping[str, Any]) -> bool:
    return "invalidFields" in problem.get("members", ())


def test_a_tenth_of_the_mutants_has_the_server_as_it_is_at_each_operation() -> None:
    tenth = a_tenth(MUTANTS)
    controls = {each for each in MUTANTS if each.startswith("control ")}

    assert controls <= {*tenth}
    assert 0.08 <= len({*tenth} - controls) / len(MUTANTS) <= 0.12


def test_each_run_is_judged_with_requests_to_its_operations_by_its_seed() -> None:
    asked: list[tuple[Sequence[str], Sequence[str], int | None]] = []

    def judge(names: Sequence[str], operations: Sequence[str], seed: int | None) -> list[Judged]:
        asked.append((names, operations, seed))
        return [Judged(each, "killed", "TRUE") for each in names]

    runs = judge_again(judge, MUTANTS, LISTED)

    assert [seed for _, _, seed in asked] == [None, *SEEDS]
    assert [len(operations) for _, operations, _ in asked[1:]] == [17, 17]
    assert [[each.mutant for each in run] for run in runs] == [[*names] for names, _, _ in asked]
