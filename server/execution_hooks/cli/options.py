"""Options that the commands share, and the store that they name."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from execution_hooks.cli.inputs import InputFile
from execution_hooks.contract.bundled import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from execution_hooks.settings import Settings
    from execution_hooks.store.database import Database
    from execution_hooks.store.directory import Directory

    Decorator = Callable[[Any], Any]


class _Setting(click.Option):
    """The option for a setting, whose help is read only where it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """See click."""
        from execution_hooks.settings import PREFIX, Settings

        name = str(self.name)
        field = Settings.model_fields[name]
        default = "none" if field.default is None else field.default
        self.help = f"{field.description}  [env: {PREFIX}{name.upper()}; default: {default}]"
        return super().get_help_record(ctx)


def setting(name: str) -> Decorator:
    """Make the option for a setting, with its description, environment variable and default."""
    return click.option(f"--{name.replace('_', '-')}", name, metavar="VALUE", cls=_Setting)


def _identifier(_context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not limits().identifier.fullmatch(value):
        raise click.BadParameter(limits().not_an_identifier, param=parameter)
    return value


def check_name(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Refuse a name that is empty, too long, or that no store keeps safely."""
    longest = limits().longest_name
    if not 1 <= len(value) <= longest or "\0" in value or not value.isprintable():
        raise click.BadParameter(f"must be 1 to {longest} printable characters", param=parameter)
    return value


def check_description(_context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse a description that is too long, or that no store keeps safely."""
    longest = limits().longest_description
    if value is not None and (len(value) > longest or "\0" in value):
        raise click.BadParameter(f"must be at most {longest} characters", param=parameter)
    return value


database_option = setting("database")
account_option = click.option(
    "--account", "account_id", metavar="ID", required=True, callback=_identifier, help="Id of the account."
)
any_account_option = click.option(
    "--account", "account_id", metavar="ID", callback=_identifier, help="Id of an account; all if left out."
)
input_argument = click.argument("file", type=InputFile())
id_option = click.option(
    "--id", "given_id", metavar="UUID", callback=_identifier, help="Id to give it; a fresh one if left out."
)
name_option = click.option("--name", metavar="NAME", required=True, callback=check_name, help="Its name.")


def output_option(*forms: str) -> Decorator:
    """Make the option that chooses the form of the output, the first by default.

    With ``json`` an error is JSON, too (see failures.asks_json).
    """
    return click.option(
        "-o",
        "--output",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="Form of the output.",
    )


def list_output(*forms: str) -> Decorator:
    """Make that option for a list."""
    return output_option(*(forms or ("table", "json", "yaml", "name", "id")))


made_output = output_option("id", "json")


def open_store(settings: Settings) -> Database:
    """Open the store that the settings name, with a connection for each thread of the server."""
    from execution_hooks.store.database import open_database

    return open_database(
        settings.database,
        lock_wait_seconds=settings.lock_wait_seconds,
        connections=settings.threads,
    )


@contextmanager
def directory_of(database: str | None) -> Iterator[Directory]:
    """Open the directory of the store at a URL, or of the one that the environment names."""
    from execution_hooks.settings import load_settings
    from execution_hooks.store.directory import Directory

    with open_store(load_settings(database=database)) as store:
        yield Directory(store)
