"""Commands for hooks."""

import click

from execution_hooks.cli.columns import HOOKS
from execution_hooks.cli.formats import write_list
from execution_hooks.cli.inputs import Input
from execution_hooks.cli.options import (
    account_option,
    database_option,
    directory_of,
    input_argument,
    list_output,
    made_output,
)
from execution_hooks.cli.output import write_id


@click.group()
def hook() -> None:
    """Hooks, and those that come with the product. All others are created over HTTP."""


@hook.command("create")
@database_option
@account_option
@made_output
@input_argument
def hook_create(database: str | None, account_id: str, file: Input, output: str) -> None:
    """Add a hook that comes with the product, from FILE (- for standard input); print its id.

    FILE holds what would be sent to create it, with the hookType "netapp". Over HTTP such a hook is read
    only, and its creator is the nil UUID.
    """
    from execution_hooks.cli.admin.provided_hooks import provide  # here, since it takes half a second

    with directory_of(database) as directory:
        write_id(provide(file, account_id, directory), output)


@hook.command("list")
@database_option
@account_option
@list_output()
def hook_list(database: str | None, account_id: str, output: str) -> None:
    """List the hooks of an account, oldest first, without what they hit: `admin explain` shows that."""
    from execution_hooks.cli.admin.stored_resources import hooks

    with directory_of(database) as directory:
        write_list(hooks(directory, account_id), HOOKS, output)
