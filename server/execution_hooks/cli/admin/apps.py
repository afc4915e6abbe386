"""Commands for apps and their containers."""

import click

from execution_hooks.cli.columns import APPS
from execution_hooks.cli.formats import write_list
from execution_hooks.cli.options import (
    account_option,
    database_option,
    directory_of,
    id_option,
    list_output,
    made_output,
    name_option,
)
from execution_hooks.cli.output import write_id


@click.group()
def app() -> None:
    """Apps: what hooks are tied to, and their containers."""


@app.command("create")
@database_option
@account_option
@name_option
@id_option
@made_output
@click.option(
    "--no-post-failover",
    is_flag=True,
    help="Refuse hooks that run after a failover (409, problem 162).",
)
def app_create(
    database: str | None,
    account_id: str,
    name: str,
    given_id: str | None,
    output: str,
    *,
    no_post_failover: bool,
) -> None:
    """Add an app and print its id."""
    with directory_of(database) as directory:
        post_failover = not no_post_failover
        write_id(directory.create_app(account_id, name, app_id=given_id, post_failover=post_failover), output)


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
@made_output
@click.argument("file")
def app_import(
    database: str | None,
    account_id: str,
    name: str,
    given_id: str | None,
    namespaces: tuple[str, ...],
    file: str,
    output: str,
    *,
    allow_empty: bool,
) -> None:
    """Replace what is known of an app's containers by the pods in FILE (- for standard input).

    \b
        kubectl get pods -A -o json | execution-hooks admin app import --account ID --name payroll -

    FILE is what that prints, or a PodList of the API. The app is the one of the given id, else of the given
    name; it is added if there is none. Its id is printed, counts go to standard error. A file with violations
    is refused, and what was known stays. So is one without a container to import, or without a pod of a
    namespace that is named, unless --allow-empty is given.

    Left out are pods that have completed (phase Succeeded or Failed), containers that have terminated, init
    containers, which have ended when a hook runs, and ephemeral containers, which are debugging sessions.
    Init containers that keep running (restartPolicy Always) count as containers. Containers that wait to
    start are taken, and `admin explain` says that they wait.
    """  # noqa: D301 click's mark for "keep these lines"
    from execution_hooks.cli.admin.importing import (  # here, since the help needs none of it
        counts,
        read,
        replace,
    )

    reading = read(file, namespaces, allow_empty=allow_empty)
    with directory_of(database) as directory:
        app_id, before = replace(directory, account_id, name, given_id, reading)
    click.echo(counts(name, reading, before), err=True)
    write_id(app_id, output)


@app.command("list")
@database_option
@account_option
@list_output()
def app_list(database: str | None, account_id: str, output: str) -> None:
    """List the apps of an account, oldest first."""
    from execution_hooks.cli.admin.stored_resources import apps

    with directory_of(database) as directory:
        write_list(apps(directory, account_id), APPS, output)
