"""Commands that set a store up: accounts, tokens, apps and hook sources."""

import sys
from typing import BinaryIO

import click

from execution_hooks.access import Role
from execution_hooks.cli.options import (
    account_option,
    check_name,
    database_option,
    directory_of,
    id_option,
    name_option,
)
from execution_hooks.hook_sources import HookSource, InvalidHookSource


@click.group()
def account() -> None:
    """Accounts: each has its own users, apps, hook sources and hooks."""


@account.command("create")
@database_option
@click.argument("name", callback=check_name)
def account_create(database: str | None, name: str) -> None:
    """Add an account called NAME and print its id."""
    with directory_of(database) as directory:
        click.echo(directory.create_account(name))


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
def token_create(database: str | None, account_id: str, role: str, user: str) -> None:
    """Make a token and print it, alone. It is shown this once: only its digest is kept."""
    with directory_of(database) as directory:
        click.echo(directory.create_token(account_id, Role.labelled(role), user_name=user))


@token.command("revoke")
@database_option
@click.argument("token")
def token_revoke(database: str | None, token: str) -> None:
    """Revoke TOKEN at once and for good. Give - to have it read from standard input."""
    given = sys.stdin.readline().strip() if token == "-" else token  # noqa: S105 a dash is no token
    with directory_of(database) as directory:
        if not directory.revoke_token(given):
            raise click.ClickException("the token is unknown, or revoked already")


@click.group()
def app() -> None:
    """Apps: what hooks are tied to."""


@app.command("create")
@database_option
@account_option
@name_option
@id_option
def app_create(database: str | None, account_id: str, name: str, given_id: str | None) -> None:
    """Add an app and print its id."""
    with directory_of(database) as directory:
        click.echo(directory.create_app(account_id, name, app_id=given_id))


@click.group()
def source() -> None:
    """Hook sources: the scripts that hooks run."""


@source.command("create")
@database_option
@account_option
@name_option
@id_option
@click.argument("file", type=click.File("rb"))
def source_create(
    database: str | None, account_id: str, name: str, given_id: str | None, file: BinaryIO
) -> None:
    """Add the script in FILE (- for standard input) as a hook source and print its id.

    The script must be UTF-8 text without NUL and carriage returns, of at most 98304 bytes.
    """
    try:
        script = HookSource.from_script(file.read())
    except InvalidHookSource as error:
        raise click.ClickException(f"{file.name} {error}") from error
    with directory_of(database) as directory:
        click.echo(directory.create_hook_source(account_id, name, script, source_id=given_id))
