"""Commands for accounts and their tokens."""

import click

from execution_hooks.cli.failures import refused
from execution_hooks.cli.inputs import first_line
from execution_hooks.cli.options import account_option, check_name, database_option, directory_of
from execution_hooks.cli.output import hand_out, write_id
from execution_hooks.domain.access import COLLECTIONS, HookSwitch, Role


@click.group()
def account() -> None:
    """Accounts: each has its own users, apps, hook sources and hooks."""


@account.command("create")
@database_option
@click.argument("name", callback=check_name)
def account_create(database: str | None, name: str) -> None:
    """Add an account called NAME and print its id."""
    with directory_of(database) as directory:
        write_id(directory.create_account(name))


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


@click.group()
def token() -> None:
    """Bearer tokens: each is bound to a user, an account and a role."""


@token.command("create")
@database_option
@account_option
@click.option(
    "--role",
    type=click.Choice([role.label for role in Role]),
    required=True,
    help="Viewers read; members, admins and owners also write.",
)
@click.option(
    "--user",
    metavar="NAME",
    default="cli",
    show_default=True,
    callback=check_name,
    help="The user; added if new.",
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(COLLECTIONS),
    help="A collection that the token opens; may be given more than once. Left out means all.",
)
def token_create(database: str | None, account_id: str, role: str, user: str, only: tuple[str, ...]) -> None:
    """Make a token and print it, alone. It is shown this once: only its digest is kept.

    If it cannot be printed, it is revoked.
    """
    with directory_of(database) as directory:
        made = directory.create_token(account_id, Role.labelled(role), user_name=user, only=only)
        hand_out(made, made, directory)


@token.command("revoke")
@database_option
@click.argument("token")
def token_revoke(database: str | None, token: str) -> None:
    """Revoke TOKEN at once and for good. Give - to have it read from standard input."""
    given = first_line() if token == "-" else token  # noqa: S105 a dash is no token
    with directory_of(database) as directory:
        if not directory.revoke_token(given):
            raise refused("the token is unknown, or revoked already")
