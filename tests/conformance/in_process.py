"""Hooks that put the server into the judging process: Schemathesis calls it there, without a socket.

That process is one of its own, not pytest's: what Hypothesis generates depends on the modules that
are loaded, which under pytest would change with the order of the tests.
"""

import os
from contextlib import ExitStack

import schemathesis
from schemathesis import BaseSchema, HookContext

import execution_hooks_conformance.hooks  # noqa: F401 registers what shapes and judges every run
from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.store.database import open_database

_open = ExitStack()
_DATABASE = _open.enter_context(open_database(os.environ["IN_PROCESS_DATABASE"]))
_APP = create_app(Contract.bundled(), _DATABASE, Options(validate_responses=True))


@schemathesis.hook
def after_load_schema(context: HookContext, schema: BaseSchema) -> None:  # noqa: ARG001
    """Have cases sent to the server here."""
    schema.app = _APP
