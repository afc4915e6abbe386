"""Commands for accounts."""

import click

from execution_hooks.cli.formats import write_list
from execution_hooks.cli.options import (
    account_option,
    check_name,
    database_option,
    directory_of,
    list_output,
    made_output,
)
from execution_hooks.cli.output import write_id
from execution_hooks.domain.access import HookSwitch

_COLUMNS = {name: name for name in ("id", "name", "hooks", "created")}


@click.group()
def account() -> None:
    """Accounts: each has its own users, apps, hook sources and hooks."""


@account.command("create")
@database_option
@made_output
@click.argument("name", callback=check_name)
def account_create(database: str | None, name: str, output: str) -> None:
    """Add an account called NAME and print its id."""
    with directory_of(database) as directory:
        write_id(directory.create_account(name), output)


@account.command("list")
@database_option
@list_output()
def account_list(database: str | None, output: str) -> None:
    """List the accounts, oldest first."""
    from execution_hooks.store.overview import list_accounts

    with directory_of(database) as directory:
        write_list(list_accounts(directory.database), _COLUMNS, output)


@account.group("hooks")
def account_hooks() -> None:
    """The switch for an account's hooks. It acts at once, on running servers, too."""


@account_hooks.command("enable")
@database_option
@account_option
def account_hooks_enable(database: str | None, account_id: str) -> None:
    """Switch the account's hooks on."""
    with directory_of(database) as directory:
        directory.switch_hooks(account_id, HookSwitch.ENABLED)


@account_hooks.command("disable")
@database_option
@account_option
@click.option("--entirely", is_flag=True, help="Refuse reads and deletes, too.")
def account_hooks_disable(database: str | None, account_id: str, *, entirely: bool) -> None:
    """Switch the account's hooks off.

    Creates and updates of hooks and hook sources are refused then (403, problem 168). Reads and deletes go
    on, so that what is there can be cleaned up.
    """
    with directory_of(database) as directory:
        directory.switch_hooks(account_id, HookSwitch.DISABLED if entirely else HookSwitch.CLEAN_UP)
