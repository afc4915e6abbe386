"""Commands for apps and their containers."""

import click

from execution_hooks.cli.failures import refused, unusable
from execution_hooks.cli.inputs import Input
from execution_hooks.cli.options import (
    account_option,
    database_option,
    directory_of,
    id_option,
    input_argument,
    name_option,
)
from execution_hooks.cli.output import write_id
from execution_hooks.contract.bundled import limits
from execution_hooks.kubernetes.pods import InvalidPods, PodReading, read_pods
from execution_hooks.matching.containers import too_long
from execution_hooks.store.apps import StoredApps

_MOST_NAMED = 10
"""Namespaces that are named where a misspelt one is refused."""


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
        write_id(directory.create_app(account_id, name, app_id=given_id, post_failover=post_failover))


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
@click.option("--allow-empty", is_flag=True, help="Import a list even if it leaves nothing to import.")
@input_argument
def app_import(
    database: str | None,
    account_id: str,
    name: str,
    given_id: str | None,
    namespaces: tuple[str, ...],
    file: Input,
    *,
    allow_empty: bool,
) -> None:
    """Replace what is known of an app's containers by the pods in FILE (- for standard input).

    \b
        kubectl get pods -A -o json | execution-hooks app import --account ID --name payroll -

    FILE is what that prints, or a PodList of the API. The app is the one of the given id, else of the given
    name; it is added if there is none. Its id is printed, counts go to standard error. A file with violations
    is refused, and what was known stays. So is one without a container to import, or without a pod of a
    namespace that is named, unless --allow-empty is given.

    Left out are pods that have completed (phase Succeeded or Failed), containers that have terminated, init
    containers, which have ended when a hook runs, and ephemeral containers, which are debugging sessions.
    Init containers that keep running (restartPolicy Always) count as containers. Containers that wait to
    start are taken, and `explain` says that they wait.
    """  # noqa: D301 click's mark for "keep these lines"
    reading = _read(file, namespaces, allow_empty=allow_empty)
    app_id, before = _replace(database, account_id, name, given_id, reading)
    click.echo(_counts(name, reading, before), err=True)
    write_id(app_id)


def _read(file: Input, namespaces: tuple[str, ...], *, allow_empty: bool) -> PodReading:
    try:
        reading = read_pods(file.payload, namespaces)
    except InvalidPods as error:
        raise unusable(f"{file.name}: {error}") from error
    if not allow_empty and (reason := _missing(reading, namespaces)):
        raise refused(f"{file.name}: {reason}; nothing was replaced (give --allow-empty if that is meant)")
    return reading


def _replace(
    database: str | None, account_id: str, name: str, given_id: str | None, reading: PodReading
) -> tuple[str, int | None]:
    """Replace the containers of an app; return its id, and how many containers were known before, if any."""
    with directory_of(database) as directory:
        app_id = directory.app_for_import(account_id, name, given_id)
        apps = StoredApps(directory.database)
        return app_id, apps.replace_containers(account_id, app_id, reading.containers)


def _missing(reading: PodReading, namespaces: tuple[str, ...]) -> str:
    """Return which namespaces are not in the list, or why nothing is left to import; empty if neither."""
    unknown = sorted({*namespaces} - reading.namespaces)
    if unknown and reading.namespaces:
        has = "namespace" if len(unknown) == 1 else "namespaces"
        known = sorted(reading.namespaces)
        more = f" and {len(known) - _MOST_NAMED} more" if len(known) > _MOST_NAMED else ""
        return (
            f"no pod has the {has} {_quoted(unknown)}; "
            f"the namespaces of the list are {_quoted(known[:_MOST_NAMED])}{more}"
        )
    if not reading.namespaces:
        return "the list has no pods"
    return "" if reading.containers else f"no container is left to import (left out: {_left_out(reading)})"


def _quoted(names: list[str]) -> str:
    return ", ".join(map(repr, names))


def _counts(name: str, reading: PodReading, before: int | None) -> str:
    """Return a line on what was imported and what was left out."""
    known = "none known before" if before is None else f"{before} before"
    waiting = sum(container.waiting for container in reading.containers)
    return (
        f"{name}: {len(reading.containers)} containers ({known}), {reading.sidecars} of them sidecars"
        + (f", {waiting} waiting" if waiting else "")
        + f"; pods: {reading.pods}; left out: {_left_out(reading)}"
        + _long_images(reading)
    )


def _long_images(reading: PodReading) -> str:
    long = len(too_long(container.container_image for container in reading.containers))
    longest = limits().longest_image
    what = f"images of more than {longest} characters, which matchingImages leaves out"
    return f"; {long} {what}" if long else ""


def _left_out(reading: PodReading) -> str:
    counts = {
        "completed pods": reading.completed,
        "pods of other namespaces": reading.elsewhere,
        "terminated containers": reading.terminated,
        "init containers": reading.init_containers,
        "ephemeral containers": reading.ephemeral_containers,
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "nothing"
