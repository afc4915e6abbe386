"""The command that explains a hook."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from execution_hooks.cli.failures import ExitStatus
from execution_hooks.cli.options import account_option, database_option, directory_of, output_option
from execution_hooks.cli.output import write_out

if TYPE_CHECKING:
    from execution_hooks.matching.explanation import Shown


@click.command()
@database_option
@account_option
@output_option("table", "json")
@click.option("--hits", "shown", flag_value="hits", help="Show the containers that the hook hits, alone.")
@click.option("--misses", "shown", flag_value="misses", help="Show those that it does not hit.")
@click.option("--summary", "shown", flag_value="none", help="Show no container, only the numbers.")
@click.argument("hook")
def explain(database: str | None, account_id: str, hook: str, output: str, shown: Shown | None) -> None:
    """Show which containers of its app HOOK hits, and which criterion keeps it from the others.

    HOOK is the id or the name of a hook. The containers are those of the last `admin app import`. The exit
    status is 1 if the hook hits nothing, 2 if there is no such hook.
    """
    # Here, since the help needs none of it.
    from execution_hooks.cli.admin.explained_hooks import explained
    from execution_hooks.cli.admin.explaining import lines_of

    with directory_of(database) as directory:
        found = explained(directory, account_id, hook)
    explanation, chosen = found.explanation, shown or "all"
    lines = lines_of(explanation, found.hook.name, found.app.name, chosen)
    write_out(found.as_json(chosen) if output == "json" else "\n".join(lines))
    sys.exit(ExitStatus.DONE if explanation and explanation.hits else ExitStatus.REFUSED)
