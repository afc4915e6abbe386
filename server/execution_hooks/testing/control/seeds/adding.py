"""Seeds added to a store."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from execution_hooks.domain.violations import in_document_order
from execution_hooks.store.contents import Contents, add_contents
from execution_hooks.store.database import Database
from execution_hooks.testing.control.seeds.documents import InvalidSeed, SeedSchema
from execution_hooks.testing.control.seeds.located import Located
from execution_hooks.testing.control.seeds.planning import plan

MOST_ROWS = 10_000
"""Of each kind. A store that holds more of anything is taken for one that is not for tests."""


def add_seed(
    database: Database, schema: SeedSchema, seed: Located, now: Callable[[], datetime]
) -> dict[str, Any]:
    """Store what a seed says, all of it or nothing; return the contract's Seeded.

    Raises InvalidSeed, or TooMuch if the store holds more than MOST_ROWS of something.
    """
    schema.check(seed)
    seeded: list[Any] = []

    def choose(stored: Contents) -> Contents:
        planned = plan(seed.value, stored, now())
        if planned.violations:
            raise InvalidSeed(seed, in_document_order(planned.violations, seed.value))
        seeded[:] = planned.seeded
        return planned.rows

    add_contents(database, choose, MOST_ROWS)
    return {"accounts": seeded}
