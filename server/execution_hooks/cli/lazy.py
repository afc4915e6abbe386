"""Commands that are imported when they are run: help, version and completion then cost little."""

from importlib import import_module
from typing import Any

import click

from execution_hooks.cli.failures import unusable


class Lazy(click.Command):
    """Stands for a command, or a group of them, that is imported when it is run, completed or explained.

    ``where`` is its module and its name there, as ``package.module:name``; ``line`` is the first sentence of
    its help, which the list of commands shows without importing it.
    """

    def __init__(self, name: str, where: str, line: str) -> None:
        super().__init__(name, help=line, short_help=line)
        self._where = where

    def loaded(self) -> click.Command:
        """Import the command."""
        module, _, name = self._where.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:  # noqa: ANN401 click's
        """See click. The context is the imported command's, and so is all that follows."""
        return self.loaded().make_context(*arguments, **named)


class Moved(click.Command):
    """Stands for a command that was at this place once: whatever follows, the new place is named."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name, hidden=True)
        self._place = place

    def make_context(self, *_: Any, **__: Any) -> click.Context:  # noqa: ANN401 click's
        """See click. Raises Failure."""
        raise unusable(f"{self.name!r} has moved: it is now 'execution-hooks {self._place}'")
