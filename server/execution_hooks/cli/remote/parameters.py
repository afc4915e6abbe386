"""Options that the commands on a server share."""

import click

from execution_hooks.cli.inputs import InputFile

_SERVER = {
    "url": ("URL", "URL of the server."),
    "token": ("TOKEN", "A token of the account; better in the environment, since others see a command line."),
    "account": ("ID", "Id of the account."),
    "ca": ("FILE", "PEM file of the authorities to trust, in place of the system's."),
}
SERVER_OPTIONS = tuple(_SERVER)
"""The names of the options that say which server."""


class _Environment(click.Option):
    """An option whose variable, if it is blank, counts as not set."""

    def value_from_envvar(self, ctx: click.Context) -> str | None:
        """See click."""
        value = super().value_from_envvar(ctx)
        return value if value and value.strip() else None


def server_options() -> list[click.Parameter]:
    """Make the options that say which server, each with the variable that the client reads, too."""
    return [
        _Environment(
            [f"--{name}"],
            metavar=metavar,
            help=text,
            envvar=f"EXECUTION_HOOKS_{name.upper()}",
            show_envvar=True,
        )
        for name, (metavar, text) in _SERVER.items()
    ]


def form_option(
    *forms: str, text: str = "Form of the output; with json, an error is JSON, too."
) -> click.Option:
    """Make the option that chooses the form of the output, the first by default."""
    return click.Option(
        ["-o", "--output"], type=click.Choice(forms), default=forms[0], show_default=True, help=text
    )


def file_option() -> click.Option:
    """Make the option for a file with fields."""
    return click.Option(
        ["-f", "--file"],
        metavar="FILE",
        type=InputFile(),
        help="File with the fields, in YAML or JSON; - for standard input. Options win over it.",
    )


def dry_run_option() -> click.Option:
    """Make the option that checks and sends nothing."""
    return click.Option(
        ["--dry-run"],
        is_flag=True,
        help="Send nothing: check the fields against the contract's schema, and print what would be sent.",
    )
