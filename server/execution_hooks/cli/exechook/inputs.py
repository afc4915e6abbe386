"""What the commands for hooks of Kubernetes share: their options, and how they read what is given."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from execution_hooks.cli.failures import unusable

if TYPE_CHECKING:
    from execution_hooks.kubernetes.exechook.cluster import Cluster
    from execution_hooks.kubernetes.exechook.hook import ExecHook

files_argument = click.argument("files", nargs=-1, metavar="[FILES]... | -")
namespace_option = click.option(
    "-n",
    "--namespace",
    metavar="NAME",
    default="default",
    show_default=True,
    help="Namespace of resources that name none.",
)
hooks_option = click.option(
    "--hook",
    "patterns",
    metavar="GLOB",
    multiple=True,
    help="Only hooks whose name, or namespace/name, fits; may be given more than once.",
)


def cluster_of(files: tuple[str, ...], namespace: str) -> Cluster:
    """Read the files, or standard input if none is named and it is no terminal. Each bad one gets a line."""
    from execution_hooks.kubernetes.exechook.cluster import read_cluster

    if not files and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("name files or folders, or - for standard input")
    with bad_lines():
        return read_cluster(files or ("-",), namespace)


@contextmanager
def bad_lines() -> Iterator[None]:
    """Turn InvalidManifests into a failure with a line for each bad file, or with one in JSON."""
    from execution_hooks.kubernetes.manifests.reading import InvalidManifests

    try:
        yield
    except InvalidManifests as error:
        if click.get_current_context().params.get("output") == "json":
            raise unusable(str(error)) from error
        *others, last = error.lines
        for line in others:
            unusable(line).show()
        raise unusable(last) from error


def hooks_of(cluster: Cluster, patterns: tuple[str, ...] = ()) -> list[ExecHook]:
    """Return the hooks that fit one of the patterns, of which each must fit one; all if there are none."""
    from execution_hooks.kubernetes.exechook.selection import NoSuchHook, chosen

    try:
        return chosen(cluster, patterns)
    except NoSuchHook as error:
        raise unusable(str(error)) from error
