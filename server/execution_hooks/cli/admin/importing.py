"""The import of a pod list: read, checked, put in the place of what was known, and counted."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from execution_hooks.cli.failures import refused, unusable
from execution_hooks.contract.bundled import limits
from execution_hooks.kubernetes.manifests.files import UnreadableFile, opened
from execution_hooks.kubernetes.pods import InvalidPods, PodReading, read_pods
from execution_hooks.matching.containers import too_long
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.directory import Directory

_PODS_A_STEP, _LONGEST_PROGRESS = 500, 40
_MOST_NAMED = 10
"""Namespaces that are named where a misspelt one is refused."""


def read(path: str, namespaces: tuple[str, ...], *, allow_empty: bool) -> PodReading:
    """Read a pod list; - is standard input. Raises Failure if it cannot be read, or leaves nothing to import.

    On a terminal, standard error tells how many pods were read so far.
    """
    try:
        with opened(path) as text, _progress() as seen:
            reading = read_pods(text.stream, namespaces, seen)
    except UnreadableFile as error:
        raise unusable(str(error)) from error
    except InvalidPods as error:
        raise unusable(f"{_name(path)}: {error}") from error
    if not allow_empty and (reason := _missing(reading, namespaces)):
        raise refused(f"{_name(path)}: {reason}; nothing was replaced (give --allow-empty if that is meant)")
    return reading


def _name(path: str) -> str:
    return "<stdin>" if path == "-" else path


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """Yield what takes how many pods were read, and shows it on a terminal, in one line that goes again."""
    if not sys.stderr or not sys.stderr.isatty():
        yield lambda _count: None
        return

    def seen(count: int) -> None:
        if count % _PODS_A_STEP == 0:
            click.echo(f"\r{count} pods read", nl=False, err=True)

    try:
        yield seen
    finally:
        click.echo(f"\r{' ' * _LONGEST_PROGRESS}\r", nl=False, err=True)


def replace(
    directory: Directory, account_id: str, name: str, given_id: str | None, reading: PodReading
) -> tuple[str, int | None]:
    """Replace the containers of an app; return its id, and how many containers were known before, if any."""
    app_id = directory.app_for_import(account_id, name, given_id)
    return app_id, StoredApps(directory.database).replace_containers(account_id, app_id, reading.containers)


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


def counts(name: str, reading: PodReading, before: int | None) -> str:
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
    left_out = {
        "completed pods": reading.completed,
        "pods of other namespaces": reading.elsewhere,
        "terminated containers": reading.terminated,
        "init containers": reading.init_containers,
        "ephemeral containers": reading.ephemeral_containers,
    }
    return ", ".join(f"{count} {what}" for what, count in left_out.items() if count) or "nothing"
