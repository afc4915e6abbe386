"""Commands for tokens. No command shows a token but the one that makes it."""

import re
from datetime import timedelta

import click

from execution_hooks.cli.failures import refused
from execution_hooks.cli.formats import write_list
from execution_hooks.cli.inputs import first_line
from execution_hooks.cli.options import (
    account_option,
    any_account_option,
    check_name,
    database_option,
    directory_of,
    list_output,
    made_output,
)
from execution_hooks.cli.output import hand_out, made
from execution_hooks.domain.access import COLLECTIONS, ROLES, Role

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = timedelta(days=36_500)
_COLUMNS = {
    **{name: name for name in ("id", "account", "user", "role", "only", "state", "created", "expires")},
    "last used": "lastUsed",
}


class _Duration(click.ParamType[timedelta]):
    """A number and a unit: s, m, h, d or w."""

    name = "duration"

    def convert(
        self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Read it. Another text, or more than a hundred years, is a usage error."""
        if isinstance(value, timedelta):
            return value
        given = re.fullmatch(r"([1-9][0-9]{0,9})([smhdw])", value)
        if given is None:
            self.fail("must be a number and one of s, m, h, d and w, as 24h", param, ctx)
        length = timedelta(**{_UNITS[given[2]]: int(given[1])})
        if length > _LONGEST:
            self.fail("must be a hundred years at most", param, ctx)
        return length


@click.group()
def token() -> None:
    """Bearer tokens: each is bound to a user, an account and a role."""


@token.command("create")
@database_option
@account_option
@made_output
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
@click.option("--expires", metavar="TIME", type=_Duration(), help="After how long, as 24h; else never.")
def token_create(
    database: str | None,
    account_id: str,
    role: str,
    user: str,
    only: tuple[str, ...],
    expires: timedelta | None,
    output: str,
) -> None:
    """Make a token and print it, alone. It is shown this once: only its digest is kept.

    If it cannot be printed, it is revoked.
    """
    with directory_of(database) as directory:
        token = directory.create_token(account_id, ROLES[role], user_name=user, only=only, valid_for=expires)
        hand_out(token, made("token", token, output), directory)


@token.command("list")
@database_option
@any_account_option
@list_output("table", "json", "yaml", "id")
def token_list(database: str | None, account_id: str | None, output: str) -> None:
    """List the tokens, oldest first, without their text.

    The id is made of the token's digest, and opens nothing: it names a token to `token revoke --id`. Last
    used is right to a minute.
    """
    from execution_hooks.store.overview import list_tokens

    with directory_of(database) as directory:
        write_list(list_tokens(directory.database, directory.now(), account_id), _COLUMNS, output)


@token.command("revoke")
@database_option
@click.option("--id", "token_id", metavar="ID", help="Revoke the token that `token list` shows by this id.")
@click.argument("token", required=False)
def token_revoke(database: str | None, token: str | None, token_id: str | None) -> None:
    """Revoke TOKEN at once and for good. Give - to have it read from standard input."""
    if (token is None) == (token_id is None):
        raise click.UsageError("Give either TOKEN or --id.")
    given = first_line() if token == "-" else token  # noqa: S105 a dash is no token
    with directory_of(database) as directory:
        if given is None:
            revoked = directory.revoke_token_of_id(str(token_id))
        else:
            revoked = directory.revoke_token(given)
    if not revoked:
        raise refused("the token is unknown, or revoked already")
