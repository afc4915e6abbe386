"""All mutants, by their ids."""

from collections.abc import Iterator
from typing import Any

from conformance.mutation.behaviours.every import behaviour_mutants
from conformance.mutation.mutant import Mutant
from conformance.mutation.request_mutants import request_mutants
from conformance.mutation.response_mutants import response_mutants
from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.level_contract import operations


def every_mutant() -> dict[str, Mutant]:
    """Return them in the order of the contract, those of requests first and behaviours last."""
    document = read_contract()
    made = (
        *_controls(document),
        *request_mutants(document),
        *response_mutants(document),
        *behaviour_mutants(),
    )
    return {each.id: each for each in made}


def _controls(document: dict[str, Any]) -> Iterator[Mutant]:
    """Yield the server as it is, to be judged at each operation: no promise may fail."""
    for _, _, operation in operations(document):
        name = operation["operationId"]
        yield Mutant(f"control {name}", name, part="control", keyword="", change="")
