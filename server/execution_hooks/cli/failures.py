"""Failures: the line and the exit status of a command that failed.

The table of exit statuses in server/README.md documents them for users.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import click

_AS_JSON = "execution_hooks.cli.as_json"


class ExitStatus(IntEnum):
    """The exit statuses of the command. For a yes or no question, 0 is yes and 1 is no."""

    DONE = 0
    REFUSED = 1
    UNUSABLE = 2
    UNREACHABLE = 3
    INTERRUPTED = 130
    UNREAD = 141


class Failure(click.ClickException):
    """A command's failure: its exit status, and its line for standard error, if not empty.

    ``details`` are more members of the JSON object that stands for the line where JSON is asked for.
    """

    def __init__(self, status: int, message: str, details: Mapping[str, object] | None = None) -> None:
        super().__init__(" ".join(message.split()))
        self.exit_code = status  # type: ignore[misc]  # click has it by class
        self.details = details or {}
        self.as_json = False

    def show(self, file: Any = None) -> None:  # noqa: ANN401 click's
        """Write the line, or the JSON object, to standard error."""
        if self.message and self.as_json:
            error = {"message": self.message, "exitStatus": int(self.exit_code), **self.details}
            click.echo(json.dumps({"error": error}), file=file, err=True)
        elif self.message:
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

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 click's
    ) -> click.Context:
        """See click. Help and version are written here."""
        as_json = asks_json(args)
        with as_failures(as_json=as_json):
            context = super().make_context(info_name, args, parent, **extra)
        context.meta[_AS_JSON] = as_json
        return context

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 click's
        """See click."""
        with as_failures(as_json=ctx.meta[_AS_JSON]):
            return super().invoke(ctx)


def asks_json(arguments: Sequence[str]) -> bool:
    """Return whether arguments ask for JSON, though they may be invalid otherwise."""
    pairs = zip(arguments, [*arguments, ""][1:], strict=True)
    return any(
        word in {"-ojson", "-o=json", "--output=json"} or (word in {"-o", "--output"} and value == "json")
        for word, value in pairs
    )


@contextmanager
def as_failures(*, as_json: bool = False) -> Iterator[None]:
    """Turn errors that operators can act on into a Failure. All others are raised as they are."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise Failure(ExitStatus.INTERRUPTED, "") from error
    except (click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        failure = _failure(error)
        if failure is None or (failure is error and not as_json):
            raise
        if as_json:
            failure = _for_json(failure)
        raise failure from (None if failure is error else error)


def _failure(error: Exception) -> click.ClickException | None:
    if isinstance(error, click.ClickException):
        return error
    from execution_hooks.cli.known_errors import failure_of  # here, since it imports the store

    return failure_of(error)


def _for_json(error: click.ClickException) -> Failure:
    """Return a failure that is shown as JSON; for a usage error it names the option or argument."""
    details: Mapping[str, object] = {}
    if isinstance(error, click.BadParameter) and error.param is not None:
        details = {"field": error.param.opts[0]}
    failure = (
        error if isinstance(error, Failure) else Failure(error.exit_code, error.format_message(), details)
    )
    failure.as_json = True
    return failure
