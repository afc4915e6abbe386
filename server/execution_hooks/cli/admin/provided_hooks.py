"""Hooks that come with the product: read from a file, checked against the contract, and stored."""

from typing import Any

from execution_hooks.api.hook_json import read_fields
from execution_hooks.cli.failures import refused, unusable
from execution_hooks.cli.inputs import Input
from execution_hooks.contract import strict_json
from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract
from execution_hooks.domain.errors import NameTaken, PostFailoverNotSupported, RulesBroken
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.violations import Violation, in_document_order
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks


def provide(file: Input, account_id: str, directory: Directory) -> str:
    """Store the hook that a file holds, and return its id. Raises Failure, or UnknownAccount."""
    document = _document(file)
    directory.check_account(account_id)
    hooks = Hooks(StoredHooks(directory.database))
    try:
        created = hooks.provide(read_fields(document), account_id).result()
    except (RulesBroken, NameTaken) as error:
        raise refused(_violations(file, in_document_order(error.violations, document))) from error
    except PostFailoverNotSupported as error:
        raise refused(f"{file.name}: the app takes no hooks after a failover") from error
    return created.resource.id


def _document(file: Input) -> dict[str, Any]:
    """Read the body of a hook of type netapp, and refuse any other, naming every violation."""
    try:
        parsed = strict_json.parse(file.payload)
    except strict_json.InvalidJson as error:
        raise unusable(f"{file.name} is not JSON: {error}") from error
    contract = Contract.bundled()
    schema = contract.operations["createExecutionHook"].body_schema
    violations = [*parsed.violations, *BodySchema(contract, schema or {}).violations(parsed.value)]
    if not violations and parsed.value["hookType"] != "netapp":
        violations = [Violation(("hookType",), 'must be "netapp"')]
    if violations:
        raise unusable(_violations(file, in_document_order(violations, parsed.value)))
    document: dict[str, Any] = parsed.value
    return document


def _violations(file: Input, violations: list[Violation]) -> str:
    reasons = "; ".join(f"{violation.pointer or 'the body'} {violation.reason}" for violation in violations)
    return f"{file.name}: {reasons}"
