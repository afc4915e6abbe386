"""All behaviours that are wrong, as mutants."""

from collections.abc import Iterator

from conformance.mutation.behaviours import (  # noqa: F401 each registers its own
    access,
    as_sent,
    bodies,
    changes,
    conditions,
    headers,
    lists,
    matches,
    names,
    problems,
    protected,
    server_fields,
    sources,
    statuses,
)
from conformance.mutation.behaviours.registry import MISTAKES
from conformance.mutation.mutant import Mutant
from conformance.mutation.mutating import mutated


def behaviour_mutants() -> Iterator[Mutant]:
    """Yield a mutant for each."""
    for each in MISTAKES.values():
        yield Mutant(
            id=f"behaviour {each.name}",
            operation=each.at,
            part="behaviour",
            keyword="",
            change="wrong",
            app=mutated(each.behaviour),
            promise=each.promise,
            walks=each.walks,
        )
