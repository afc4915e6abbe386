"""Commands for hook sources."""

import click

from execution_hooks.cli.columns import SOURCES
from execution_hooks.cli.failures import refused
from execution_hooks.cli.formats import write_list
from execution_hooks.cli.inputs import Input
from execution_hooks.cli.options import (
    account_option,
    check_description,
    database_option,
    directory_of,
    id_option,
    input_argument,
    list_output,
    made_output,
    name_option,
)
from execution_hooks.cli.output import write_id
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
@made_output
@input_argument
def source_create(
    database: str | None,
    account_id: str,
    name: str,
    given_id: str | None,
    description: str | None,
    file: Input,
    output: str,
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
        write_id(created, output)


@source.command("list")
@database_option
@account_option
@list_output()
def source_list(database: str | None, account_id: str, output: str) -> None:
    """List the hook sources of an account, oldest first, private ones without their script."""
    from execution_hooks.cli.admin.stored_resources import sources

    with directory_of(database) as directory:
        write_list(sources(directory, account_id), SOURCES, output)
