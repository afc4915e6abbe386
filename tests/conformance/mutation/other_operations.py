"""Contract mutants at the other operations that reach their place; else each is judged at the first."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from conformance.mutation import request_mutants, response_mutants
from conformance.mutation.mutant import Mutant
from conformance.mutation.places import Place, Pointer, every_request_place, every_response_place
from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.closed_responses import close_responses

_AT = ", at "


def at_other_operations() -> dict[str, Mutant]:
    """Return them by their ids: that of the mutant at the first operation, and the other operation."""
    document = read_contract()
    closed: dict[str, Any] = json.loads(json.dumps(document))
    close_responses(closed)
    made = (
        *(
            each
            for place in _others(every_request_place(document))
            for each in request_mutants.mutants_at(place)
        ),
        *(
            each
            for place in _others(every_response_place(closed))
            for each in response_mutants.mutants_at(place, closed)
        ),
    )
    named = (replace(each, id=f"{each.id}{_AT}{each.operation}") for each in made)
    return {each.id: each for each in named}


def with_other_operations(mutants: Mapping[str, Mutant], names: Iterable[str]) -> Mapping[str, Mutant]:
    """Return mutants with those at other operations, which are made only if one of the names needs them."""
    return mutants if mutants.keys() >= {*names} else {**mutants, **at_other_operations()}


def first_id(mutant: str) -> str:
    """Return the id that a mutant has at the first operation that reaches its place."""
    return mutant.partition(_AT)[0]


def _others(places: Iterator[Place]) -> Iterator[Place]:
    """Yield each place once at each operation but the first that reaches it."""
    first: dict[tuple[Pointer, str], str] = {}
    seen: set[tuple[Pointer, str, str]] = set()
    for place in places:
        at = (place.pointer, place.kind)
        if first.setdefault(at, place.operation) != place.operation and (*at, place.operation) not in seen:
            seen.add((*at, place.operation))
            yield place
