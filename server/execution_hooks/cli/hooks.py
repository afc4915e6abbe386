"""Commands for hook sources and hooks."""

import json
import sys
from typing import Any

import click

from execution_hooks.api.explanation_json import write_explanation
from execution_hooks.api.hook_json import read_fields
from execution_hooks.cli.failures import ExitStatus, refused, unusable
from execution_hooks.cli.inputs import Input
from execution_hooks.cli.options import (
    account_option,
    check_description,
    database_option,
    directory_of,
    id_option,
    input_argument,
    name_option,
)
from execution_hooks.cli.output import write_id, write_out
from execution_hooks.contract import strict_json
from execution_hooks.domain.errors import NameTaken, PostFailoverNotSupported, RulesBroken
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.hook_source import InvalidScript
from execution_hooks.domain.listing import Comparison, Selection
from execution_hooks.domain.violations import Violation, in_document_order
from execution_hooks.matching.explanation import explain as explained
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.hooks import StoredHooks


@click.group()
def source() -> None:
    """Hook sources: the scripts that hooks run."""


@source.command("create")
@database_option
@account_option
@name_option
@id_option
@click.option("--description", metavar="TEXT", callback=check_description, help="What it is for.")
@click.option("--private", is_flag=True, help="Never show the script in responses.")
@click.option("--preloaded", is_flag=True, help="Mark it as part of the product: read only over HTTP.")
@input_argument
def source_create(
    database: str | None,
    account_id: str,
    name: str,
    given_id: str | None,
    description: str | None,
    file: Input,
    **flags: bool,
) -> None:
    """Add the script in FILE (- for standard input) as a hook source and print its id.

    The script must be UTF-8 text of at most 98304 bytes, without NUL, carriage returns and a byte order
    mark in front.
    """
    with directory_of(database) as directory:
        try:
            created = directory.create_hook_source(
                account_id, name, file.payload, source_id=given_id, description=description, **flags
            )
        except InvalidScript as error:
            raise refused(f"{file.name} {error}") from error
        write_id(created)


@click.group()
def hook() -> None:
    """Hooks that come with the product. All others are created over HTTP."""


@hook.command("create")
@database_option
@account_option
@input_argument
def hook_create(database: str | None, account_id: str, file: Input) -> None:
    """Add the hook in FILE (- for standard input) and print its id.

    FILE holds what would be sent to create it, with the hookType "netapp". Over HTTP such a hook is read
    only, and its creator is the nil UUID.
    """
    document = _document(file)
    with directory_of(database) as directory:
        directory.check_account(account_id)
        hooks = Hooks(StoredHooks(directory.database))
        try:
            created = hooks.provide(read_fields(document), account_id).result()
        except (RulesBroken, NameTaken) as error:
            raise refused(_violations(file, in_document_order(error.violations, document))) from error
        except PostFailoverNotSupported as error:
            raise refused(f"{file.name}: the app takes no hooks after a failover") from error
        write_id(created.resource.id)


@click.command()
@database_option
@account_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.argument("hook")
def explain(database: str | None, account_id: str, hook: str, *, as_json: bool) -> None:
    """Show which containers of its app HOOK hits, and which criterion keeps it from the others.

    HOOK is the id or the name of a hook. The containers are those of the last `app import`. The exit status
    is 1 if the hook hits nothing, 2 if there is no such hook.
    """
    with directory_of(database) as directory:
        found = _hook(StoredHooks(directory.database), account_id, hook)
        apps = StoredApps(directory.database)
        app = apps.find(account_id, found.app_id)
        inventory = apps.of(account_id, found.app_id)
    criteria = found.matching_criteria
    explanation = None if inventory is None else explained(criteria, inventory.containers)
    if as_json:
        about = {"hook": {"id": found.id, "name": found.name}, "app": {"id": app.id, "name": app.name}}
        matches = {} if explanation is None else write_explanation(explanation)
        write_out(json.dumps({**about, "known": explanation is not None, **matches}, indent=2))
    else:
        from execution_hooks.cli.explaining import drawn  # here, since no other command needs rich

        write_out(drawn(explanation, found.name, app.name))
    sys.exit(ExitStatus.DONE if explanation and explanation.hits else ExitStatus.REFUSED)


def _hook(hooks: StoredHooks, account_id: str, text: str) -> Hook:
    for member in ("id", "name"):
        selection = Selection(limit=1, comparisons=(Comparison(member, "eq", text),))
        if page := hooks.page(account_id, None, selection).items:
            return page[0]
    raise unusable(f"the account has no hook of the id or name {text!r}")


def _document(file: Input) -> dict[str, Any]:
    """Read the body of a hook of type netapp, and refuse any other, naming every violation."""
    # Here, since it takes a third of a second that no other command needs.
    from execution_hooks.contract.body_schema import BodySchema
    from execution_hooks.contract.document import Contract

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
