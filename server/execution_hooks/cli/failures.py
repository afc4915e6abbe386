"""Failures: the line and the exit status of a command that failed.

The table of exit statuses in server/README.md documents them for users.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import click


class ExitStatus(IntEnum):
    """The exit statuses of the command. For a yes or no question, 0 is yes and 1 is no."""

    DONE = 0
    REFUSED = 1
    UNUSABLE = 2
    UNREACHABLE = 3
    INTERRUPTED = 130
    UNREAD = 141


class Failure(click.ClickException):
    """A command's failure: its exit status, and its line for standard error, if not empty."""

    def __init__(self, status: ExitStatus, message: str) -> None:
        super().__init__(" ".join(message.split()))
        self.exit_code = status  # type: ignore[misc]  # click has it by class

    def show(self, file: Any = None) -> None:  # noqa: ANN401 click's
        """Write the line to standard error."""
        if self.message:
            super().show(file)


def refused(message: str) -> Failure:
    """Return the failure of a command that the store or a rule refuses."""
    return Failure(ExitStatus.REFUSED, message)


def unusable(message: str) -> Failure:
    """Return the failure of a command whose input cannot be read or parsed."""
    return Failure(ExitStatus.UNUSABLE, message)


def unreachable(message: str) -> Failure:
    """Return the failure of a command whose store, address or output is out of reach."""
    return Failure(ExitStatus.UNREACHABLE, message)


class CommandLine(click.Group):
    """A group of commands each of which ends with the exit status that its failure has."""

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:  # noqa: ANN401 click's
        """See click. Help and version are written here."""
        with as_failures():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 click's
        """See click."""
        with as_failures():
            return super().invoke(ctx)


@contextmanager
def as_failures() -> Iterator[None]:
    """Turn errors that operators can act on into a Failure. All others are raised as they are."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Failure(ExitStatus.INTERRUPTED, "") from error
    except Exception as error:
        if isinstance(error, click.ClickException | click.exceptions.Exit | click.Abort):
            raise
        from execution_hooks.cli.known_errors import failure_of  # here, since it imports the store

        failure = failure_of(error)
        if failure is None:
            raise
        raise failure from error
