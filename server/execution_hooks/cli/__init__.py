"""The command line, ``execution-hooks``. Results go to standard output, all else to standard error."""

import warnings
from pathlib import Path

import click

from execution_hooks.cli import accounts, apps, hooks
from execution_hooks.cli.failures import CommandLine
from execution_hooks.cli.options import database_option, open_store, setting
from execution_hooks.settings import load_settings


@click.group(
    cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="execution-hooks")
def main() -> None:
    """Serve the execution-hook API of NetApp Astra Control, and keep what it accepts.

    \b
    To try it:      execution-hooks serve --demo
    To set it up:   execution-hooks account create Payroll
                    execution-hooks token create --account ID --role member
                    execution-hooks app create --account ID --name payroll
                    execution-hooks source create --account ID --name freeze freeze.sh
                    execution-hooks serve
    """  # noqa: D301 click's mark for "keep these lines"


@main.command()
@database_option
@setting("host")
@setting("port")
@setting("tls_cert")
@setting("tls_key")
@setting("public_url")
@setting("threads")
@setting("lock_wait_seconds")
@setting("most_in_flight")
@setting("rate_limit")
@setting("stop_seconds")
@click.option("--demo", is_flag=True, help="Make a demo account and print a request that works as pasted.")
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write where the server is to this file once it listens, as JSON; with --demo, what it made, too.",
)
def serve(*, demo: bool, ready_file: Path | None, **given: str | None) -> None:
    """Run the server until SIGTERM or Ctrl-C.

    Each request is logged to standard error as one JSON object. The reference page is at /docs.
    """
    # Connexion's own import of Starlette's test client; nothing an operator could act on.
    warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient` is deprecated")
    from execution_hooks.serve import run

    settings = load_settings(**given)
    with open_store(settings) as store:
        run(settings, store, demo=demo, ready_file=ready_file)


for command in (accounts.account, accounts.token, apps.app, hooks.source, hooks.hook, hooks.explain):
    main.add_command(command)
