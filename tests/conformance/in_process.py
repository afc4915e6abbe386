"""Hooks that put the server into the judging process: Schemathesis calls it there, without a socket.

That process is one of its own, not pytest's: what Hypothesis generates depends on the modules that
are loaded, which under pytest would change with the order of the tests.
"""

import os
from contextlib import ExitStack

import schemathesis
from schemathesis import BaseSchema, HookContext
from starlette.types import ASGIApp

import execution_hooks_conformance.hooks  # noqa: F401 registers what shapes and judges every run
from conformance.mutants import MUTANTS, Mutant
from execution_hooks.store.database import open_database

_open = ExitStack()


def _app() -> ASGIApp:
    """Build the server, or a mutant of it if one is named."""
    name = os.environ["IN_PROCESS_MUTANT"]
    mutant = MUTANTS[name] if name else Mutant()
    return mutant.server(_open.enter_context(open_database(os.environ["IN_PROCESS_DATABASE"])))


_APP = _app()


@schemathesis.hook
def after_load_schema(context: HookContext, schema: BaseSchema) -> None:  # noqa: ARG001
    """Have cases sent to the server here."""
    schema.app = _APP
