"""Bodies of the REST API, held against the contract before anything is sent."""

import base64
from functools import cache

from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract
from execution_hooks.domain.hook_source import source_violations
from execution_hooks.domain.violations import Violation
from execution_hooks.kubernetes.exchange.resources import Node
from execution_hooks.matching.criteria import Criterion, criteria_violations


@cache
def _schema(operation: str) -> BodySchema:
    contract = Contract.bundled()
    return BodySchema(contract, contract.operations[operation].body_schema or {})


def refusals(hook: Node, script: bytes) -> str:
    """Return what the REST API would refuse in the body of a hook and in its script; empty if nothing."""
    encoded = base64.b64encode(script).decode("ascii")
    source = {"type": "application/astra-hookSource", "version": "1.0", "name": "source", "source": encoded}
    sent = {**source, "sourceType": "script"}
    of_source = _schema("createHookSource").violations(sent) or source_violations(encoded)
    of_hook = _schema("createExecutionHook").violations(hook) or criteria_violations(
        [Criterion(each["type"], each["value"]) for each in hook["matchingCriteria"]]
    )
    return "; ".join([*map(_described, of_hook), *map(_described, of_source)])


def _described(violation: Violation) -> str:
    return f"{violation.pointer.removeprefix('/') or 'it'} {violation.reason}"
