"""What is judged again on demand: a sample of mutants at all their operations, and a tenth at more seeds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from zlib import crc32

from conformance.mutation.judged import Judged
from conformance.mutation.mutant import Mutant
from conformance.mutation.other_operations import at_other_operations, first_id

SEEDS = (1011, 2022)
"""Beside the usual one."""
_AT_ALL_OPERATIONS = 50
_TENTH = 10

Judge = Callable[[Sequence[str], Sequence[str], int | None], list[Judged]]
"""Judges mutants by their ids, with requests to operations that are made up by a seed."""


def judge_again(judge: Judge, mutants: Mapping[str, Mutant], listed: Mapping[str, str]) -> list[list[Judged]]:
    """Judge the sample at all operations, and the tenth at each seed; return what came of each run."""
    others = at_other_operations()
    elsewhere, tenth = at_all_operations(others, listed), a_tenth(mutants)
    return [
        judge(elsewhere, operations_of(elsewhere, others), None),
        *(judge(tenth, operations_of(tenth, mutants), seed) for seed in SEEDS),
    ]


def at_all_operations(others: Iterable[str], listed: Mapping[str, str]) -> list[str]:
    """Draw mutants that several operations share and that are not listed; return their ids at the others."""
    ids = [each for each in others if first_id(each) not in listed]
    shared = sorted({*map(first_id, ids)}, key=_drawn_by)[:_AT_ALL_OPERATIONS]
    return [each for each in ids if first_id(each) in shared]


def a_tenth(mutants: Iterable[str]) -> list[str]:
    """Draw every tenth of all mutants, and the server as it is at each operation."""
    return [each for each in mutants if each.startswith("control ") or _drawn_by(each) % _TENTH == 0]


def operations_of(names: Iterable[str], mutants: Mapping[str, Mutant]) -> list[str]:
    """Return the operations that mutants are judged at."""
    return sorted({mutants[each].operation for each in names})


def _drawn_by(name: str) -> int:
    return crc32(name.encode())
