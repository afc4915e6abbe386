"""A sample of the mutants that is the same whenever it is drawn."""

from collections.abc import Mapping, Sequence
from zlib import crc32

from conformance.mutation.mutant import Mutant
from conformance.mutation.results import Result


def sample(names: Sequence[str], mutants: Mapping[str, Mutant], size: int) -> list[str]:
    """Draw so many mutants, of operations other than lists: making up requests to one takes long."""
    quick = [each for each in names if not mutants[each].operation.startswith("list")]
    chosen = sorted(quick, key=lambda name: crc32(name.encode()))[:size]
    return [each for each in names if each in chosen]


def stratified(results: Sequence[Result], size: int) -> list[str]:
    """Draw so many contract mutants of each kind of change, of those that a response can show."""
    shown = [each for each in results if not each.reason and each.kind != "behaviour"]
    strata = {each.change for each in shown}
    drawn = {
        each.mutant
        for stratum in strata
        for each in sorted(
            (each for each in shown if each.change == stratum), key=lambda each: crc32(each.mutant.encode())
        )[:size]
    }
    return [each.mutant for each in results if each.mutant in drawn]
