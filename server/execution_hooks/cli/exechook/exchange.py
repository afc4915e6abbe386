"""``exechook import`` and ``export``: between manifests and resources of the REST API."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from execution_hooks.cli.exechook.inputs import (
    cluster_of,
    files_argument,
    hooks_of,
    hooks_option,
    namespace_option,
)
from execution_hooks.cli.failures import ExitStatus, refused, unreachable, unusable
from execution_hooks.cli.formats import visible
from execution_hooks.cli.inputs import Input, InputFile
from execution_hooks.cli.options import output_option
from execution_hooks.cli.output import write_out

if TYPE_CHECKING:
    from execution_hooks.kubernetes.exchange.resources import Loss
    from execution_hooks_client import ExecutionHooks

_VARIABLES = ("EXECUTION_HOOKS_URL", "EXECUTION_HOOKS_ACCOUNT", "EXECUTION_HOOKS_TOKEN")
_ACCOUNT = f"as {', '.join(_VARIABLES)} name it"


@click.command("import")
@namespace_option
@hooks_option
@click.option("--to-account", is_flag=True, help=f"Create them in an account, {_ACCOUNT}.")
@files_argument
def import_(files: tuple[str, ...], namespace: str, patterns: tuple[str, ...], *, to_account: bool) -> None:
    """Make hooks and hook sources of the REST API from manifests, and say what is lost.

    FILES are as `exechook explain` takes them. The resources are printed as JSON, or created, all or none:
    then the account must have an app of each Application's name. What is lost has a line on standard error.
    The exit status is 1 if a hook was left out.
    """
    from execution_hooks.kubernetes.exchange.account import Unwelcome, write_account
    from execution_hooks.kubernetes.exchange.importing import import_hooks
    from execution_hooks.kubernetes.exchange.resources import write_resources

    cluster = cluster_of(files, namespace)
    resources, losses = import_hooks(cluster, hooks_of(cluster, patterns))
    if to_account:
        try:
            with _account() as api:
                write_account(api, resources)
        except Unwelcome as error:
            raise refused(str(error)) from error
    else:
        write_out(write_resources(resources))
    _end(losses)


@click.command()
@click.option(
    "-n",
    "--namespace",
    metavar="NAME",
    help="Namespace of all manifests; else each app's first namespace, or default.",
)
@click.option("--from-account", is_flag=True, help=f"Read an account instead of FILE, {_ACCOUNT}.")
@output_option("yaml", "json")
@click.argument("file", type=InputFile(), required=False)
def export(file: Input | None, namespace: str | None, output: str, *, from_account: bool) -> None:
    """Make manifests from the hooks of an account, or of what `exechook import` printed.

    What is lost has a line on standard error. The exit status is 1 if a hook was left out.
    """
    from execution_hooks.kubernetes.exchange.account import read_account
    from execution_hooks.kubernetes.exchange.exporting import export as exported
    from execution_hooks.kubernetes.exchange.resources import InvalidResources, read_resources

    if (file is None) != from_account:
        raise click.UsageError("name a FILE, or give --from-account")
    if file is None:
        with _account() as api:
            resources = read_account(api)
    else:
        try:
            resources = read_resources(file.payload)
        except InvalidResources as error:
            raise unusable(f"{file.name}: {error}") from error
    manifests, losses = exported(resources, namespace)
    if output == "json":
        write_out(json.dumps({"apiVersion": "v1", "kind": "List", "items": manifests}, indent=2))
    else:
        from execution_hooks.kubernetes.manifests.writing import write_yaml

        write_out(write_yaml(manifests))
    _end(losses)


@contextmanager
def _account() -> Iterator[ExecutionHooks]:
    """Open the account that the environment names. Errors of the client become failures."""
    try:
        from execution_hooks_client import ApiError, ClientError, ExecutionHooks
    except ImportError as error:
        raise unusable("this needs the client: pip install execution-hooks-client") from error
    if unset := [name for name in _VARIABLES if not os.environ.get(name)]:
        raise unusable(f"{' and '.join(unset)} must be set")
    try:
        with ExecutionHooks.from_environment() as api:
            yield api
    except ApiError as error:
        raise refused(str(error)) from error
    except ClientError as error:
        raise unreachable(str(error)) from error


def _end(losses: Sequence[Loss]) -> None:
    for loss in losses:
        click.echo(visible(str(loss)), err=True)
    sys.exit(ExitStatus.REFUSED if any(not loss.field for loss in losses) else ExitStatus.DONE)
