"""The command that serves."""

import warnings
from functools import partial
from pathlib import Path

import click

from execution_hooks.cli.options import database_option, open_store, setting


@click.command()
@database_option
@setting("host")
@setting("port")
@setting("tls_cert")
@setting("tls_key")
@setting("public_url")
@setting("workers")
@setting("threads")
@setting("lock_wait_seconds")
@setting("most_in_flight")
@setting("rate_limit")
@setting("rate_store")
@setting("explain_page")
@setting("stop_seconds")
@setting("hang_seconds")
@setting("seed")
@setting("control")
@setting("metrics")
@click.option("--demo", is_flag=True, help="Make a demo account and print a request that works as pasted.")
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write where the server is to this file once it listens, as JSON; with --demo, --seed or "
    "--control, what that made, too.",
)
def serve(*, demo: bool, ready_file: Path | None, **given: str | None) -> None:
    """Run the server until SIGTERM or Ctrl-C.

    Each request is logged to standard error as one JSON object. The reference page is at /docs.
    """
    # Connexion's own import of Starlette's test client; nothing an operator could act on.
    warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient` is deprecated")
    from execution_hooks.settings import load_settings

    settings = load_settings(**given)
    if settings.workers > 1:
        from execution_hooks.serving.workers.parent import run_workers

        run_workers(settings, partial(open_store, settings), demo=demo, ready_file=ready_file)
        return
    from execution_hooks.serving.process import run

    with open_store(settings) as store:
        run(settings, store, demo=demo, ready_file=ready_file)
