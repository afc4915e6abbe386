"""Output: what a command prints, and what happens when it cannot be written."""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from execution_hooks.store.directory import Directory


class OutputLost(Exception):
    """Standard output cannot be written."""


class ReaderGone(Exception):
    """The reader of standard output has left, or it was closed from the start."""


def write_out(text: str, *, if_lost: str = "") -> None:
    """Print a text and a line end, and flush them.

    Raises ReaderGone, or OutputLost, whose message ends with ``if_lost``.
    """
    if sys.stdout is None:
        raise ReaderGone
    try:
        click.echo(text, color=False if os.environ.get("NO_COLOR") else None)
        sys.stdout.flush()
    except OSError as error:
        discard_output()
        if error.errno == errno.EPIPE:
            raise ReaderGone from error
        raise OutputLost(f"cannot write to standard output: {error.strerror}{if_lost}") from error


def write_id(identifier: str, form: str = "id") -> None:
    """Print the id of what was created. If that fails it stays created, and the message has the id."""
    write_out(made("id", identifier, form), if_lost=f". This was made: {identifier}")


def made(member: str, value: str, form: str) -> str:
    """Return what to print of something that was made: its id or token, alone or as JSON."""
    return json.dumps({member: value}) if form == "json" else value


def hand_out(token: str, text: str, directory: Directory) -> None:
    """Print a text with a new token in it. If that fails, the token is unknown to all, so it is revoked.

    It is valid before it is printed: whoever reads it may use it at once, and no lock of the store is
    held while a reader is waited for. A process that is killed in between leaves an unknown token.
    """
    try:
        write_out(text)
    except BaseException:
        directory.revoke_token(token)
        raise


def discard_output() -> None:
    """Drop what could not be written; else the interpreter tries again when it ends, and prints an error."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
