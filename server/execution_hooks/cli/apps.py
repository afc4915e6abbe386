"""Commands for apps and their containers."""

import click

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
    from execution_hooks.cli.importing import counts, read, replace  # here, since the help needs none of it

    reading = read(file, namespaces, allow_empty=allow_empty)
    with directory_of(database) as directory:
        app_id, before = replace(directory, account_id, name, given_id, reading)
    click.echo(counts(name, reading, before), err=True)
    write_id(app_id)
