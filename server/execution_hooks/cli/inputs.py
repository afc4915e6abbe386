"""Input: what a command reads from a file or from standard input, whole."""

import os
import sys
from dataclasses import dataclass
from typing import Any

import click

from execution_hooks.cli.failures import unusable


@dataclass(frozen=True, slots=True)
class Input:
    """What a file holds; ``name`` is what messages call it."""

    name: str
    payload: bytes


class InputFile(click.ParamType[Input]):
    """A file by its path, or standard input by ``-``, read when the command line is."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Input:  # noqa: ANN401
        """Read it. Input that cannot be read is a usage error."""
        if isinstance(value, Input):
            return value
        try:
            file = click.File("rb").convert(value, param, ctx)
            return Input(file.name, file.read())
        except (OSError, ValueError, RuntimeError) as error:
            self.fail(
                f"cannot read {_named(value)}: {getattr(error, 'strerror', None) or 'it is closed'}",
                param,
                ctx,
            )


def first_line() -> str:
    """Read the first line of standard input, without white space around it; as an argument would be read."""
    try:
        return os.fsdecode(sys.stdin.buffer.readline()).strip()
    except (OSError, ValueError, AttributeError) as error:  # Python has none where it is closed
        reason = getattr(error, "strerror", None) or "it is closed"
        raise unusable(f"cannot read standard input: {reason}") from error


def _named(value: str) -> str:
    return "standard input" if value == "-" else repr(value)
