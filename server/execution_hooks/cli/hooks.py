"""Commands for hook sources and hooks."""

import sys

import click

from execution_hooks.cli.failures import ExitStatus, refused
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
from execution_hooks.domain.hook_source import InvalidScript


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
    from execution_hooks.cli.provided_hooks import provide  # here, since it takes half a second

    with directory_of(database) as directory:
        write_id(provide(file, account_id, directory))


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
    # Here, since the help needs none of it.
    from execution_hooks.cli.explained_hooks import explained
    from execution_hooks.cli.explaining import drawn

    with directory_of(database) as directory:
        found = explained(directory, account_id, hook)
    explanation = found.explanation
    write_out(found.as_json() if as_json else drawn(explanation, found.hook.name, found.app.name))
    sys.exit(ExitStatus.DONE if explanation and explanation.hits else ExitStatus.REFUSED)
