"""A body held against the contract's schema, and sent nowhere."""

from collections.abc import Mapping
from typing import Any

import click

from execution_hooks.cli.failures import ExitStatus, Failure
from execution_hooks.cli.formats import write_structured
from execution_hooks.cli.remote.operations import Operation
from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract

_NOTE = (
    "Nothing was sent. The fields are as the contract's schema has them; what only the server knows was not "
    "checked: names in use, ids, patterns, scripts."
)


def check(operation: Operation, body: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Print what would be sent, as JSON or YAML. Raises Failure, which names every violation."""
    contract = Contract.bundled()
    schema = contract.operations[operation.operation_id].body_schema or {}
    if violations := BodySchema(contract, schema).violations(body):
        named = [{"name": each.pointer, "reason": each.reason} for each in violations]
        text = "; ".join(f"{each.pointer} {each.reason}" for each in violations)
        raise Failure(ExitStatus.UNUSABLE, f"{text}. Nothing was sent.", {"invalidFields": named})
    write_structured(body, "yaml" if given["output"] == "yaml" else "json")
    click.echo(_NOTE, err=True)
