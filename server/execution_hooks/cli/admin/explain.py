"""The command that explains a hook."""

import sys

import click

from execution_hooks.cli.failures import ExitStatus
from execution_hooks.cli.options import account_option, database_option, directory_of, output_option
from execution_hooks.cli.output import write_out


@click.command()
@database_option
@account_option
@output_option("table", "json")
@click.argument("hook")
def explain(database: str | None, account_id: str, hook: str, output: str) -> None:
    """Show which containers of its app HOOK hits, and which criterion keeps it from the others.

    HOOK is the id or the name of a hook. The containers are those of the last `admin app import`. The exit
    status is 1 if the hook hits nothing, 2 if there is no such hook.
    """
    # Here, since the help needs none of it.
    from execution_hooks.cli.admin.explained_hooks import explained
    from execution_hooks.cli.admin.explaining import drawn

    with directory_of(database) as directory:
        found = explained(directory, account_id, hook)
    explanation = found.explanation
    write_out(found.as_json() if output == "json" else drawn(explanation, found.hook.name, found.app.name))
    sys.exit(ExitStatus.DONE if explanation and explanation.hits else ExitStatus.REFUSED)
