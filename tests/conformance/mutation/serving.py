"""A mutant as an application, on a store of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy

from starlette.types import ASGIApp

from conformance.mutation.mutant import Mutant
from execution_hooks.contract.document import Contract
from execution_hooks.store.database import open_database


@contextmanager
def serving(mutant: Mutant, contract: Contract, store: Path, folder: Path) -> Iterator[ASGIApp]:
    """Build a mutant on a copy of a store of SQLite, which is deleted afterwards."""
    own = Path(copy(store, folder / f"{os.getpid()}.db"))
    try:
        with open_database(f"sqlite:///{own}") as database:
            yield mutant.server(contract, database)
    finally:
        own.unlink()
