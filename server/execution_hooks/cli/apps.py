"""Commands for apps and what is known of their containers."""

from typing import BinaryIO

import click

from execution_hooks.cli.options import (
    account_option,
    database_option,
    directory_of,
    id_option,
    name_option,
)
from execution_hooks.pods import InvalidPods, PodReading, read_pods
from execution_hooks.store.apps import StoredApps


@click.group()
def app() -> None:
    """Apps: what hooks are tied to."""


@app.command("create")
@database_option
@account_option
@name_option
@id_option
@click.option(
    "--no-post-failover",
    is_flag=True,
    help="Refuse hooks that run after a failover (409, problem 162).",
)
def app_create(
    database: str | None, account_id: str, name: str, given_id: str | None, *, no_post_failover: bool
) -> None:
    """Add an app and print its id."""
    with directory_of(database) as directory:
        post_failover = not no_post_failover
        click.echo(directory.create_app(account_id, name, app_id=given_id, post_failover=post_failover))


@app.command("import")
@database_option
@account_option
@name_option
@id_option
@click.option(
    "--namespace",
    "namespaces",
    metavar="NAME",
    multiple=True,
    help="Take the pods of this namespace only; may be given more than once.",
)
@click.argument("file", type=click.File("rb"))
def app_import(
    database: str | None,
    account_id: str,
    name: str,
    given_id: str | None,
    namespaces: tuple[str, ...],
    file: BinaryIO,
) -> None:
    """Replace what is known of an app's containers by the pods in FILE (- for standard input).

    \b
        kubectl get pods -A -o json | execution-hooks app import --account ID --name payroll -

    FILE is what that prints, or a PodList of the API. The app is the one of the given id, else of the given
    name; it is added if there is none. Its id is printed, counts go to standard error. A file with faults
    is refused, and what was known stays.

    Left out are pods that have completed (phase Succeeded or Failed), init containers, which have ended when
    a hook runs, and ephemeral containers, which are debugging sessions. Init containers that keep
    running (restartPolicy Always) count as containers.
    """  # noqa: D301 click's mark for "keep these lines"
    try:
        reading = read_pods(file.read(), namespaces)
    except InvalidPods as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    with directory_of(database) as directory:
        app_id = directory.app_for_import(account_id, name, given_id)
        before = StoredApps(directory.database).replace_containers(account_id, app_id, reading.containers)
    click.echo(_counts(name, reading, before), err=True)
    click.echo(app_id)


def _counts(name: str, reading: PodReading, before: int | None) -> str:
    """Say what was taken and what was left out."""
    left_out = {
        "completed pods": reading.completed,
        "pods of other namespaces": reading.elsewhere,
        "init containers": reading.init_containers,
        "ephemeral containers": reading.ephemeral_containers,
    }
    omitted = ", ".join(f"{count} {what}" for what, count in left_out.items() if count)
    known = "none known before" if before is None else f"{before} before"
    return (
        f"{name}: {len(reading.containers)} containers ({known}), {reading.sidecars} of them sidecars; "
        f"pods: {reading.pods}; left out: {omitted or 'nothing'}"
    )
