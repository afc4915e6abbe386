"""What a server is given at its start, for those who try it and for tests: a demo, a seed, a reset point."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from execution_hooks.cli.failures import refused, unusable
from execution_hooks.contract.document import Contract
from execution_hooks.domain.metadata import utc_now
from execution_hooks.settings import Settings
from execution_hooks.store.contents import TooMuch
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.testing import demo as demonstration
from execution_hooks.testing.control.contract import ControlContract
from execution_hooks.testing.control.parts import Control
from execution_hooks.testing.control.seeds.adding import add_seed
from execution_hooks.testing.control.seeds.documents import InvalidSeed, SeedSchema, read_seed_file
from execution_hooks.testing.control.seeds.located import Located, Unreadable


@dataclass(frozen=True)
class Seed:
    """A seed of the contract's form, and the file that it was read from."""

    file: Path
    located: Located
    schema: SeedSchema

    def store(self, database: Database) -> Mapping[str, Any]:
        """Store it, and return the control's Seeded. Raises TooMuch, or Failure for what clashes."""
        try:
            return add_seed(database, self.schema, self.located, utc_now)
        except InvalidSeed as error:
            raise refused(f"{self.file}: {error}") from error


def read_seed_at_start(settings: Settings, contract: Contract) -> Seed | None:
    """Read the seed that the settings name, if they do. Raises Failure, with each violation."""
    file = settings.seed
    if file is None:
        return None
    try:
        seed = Seed(file, read_seed_file(file), SeedSchema(ControlContract(contract)))
        seed.schema.check(seed.located)
    except OSError as error:
        raise unusable(f"{file}: {error.strerror}") from error
    except (Unreadable, InvalidSeed) as error:
        raise unusable(f"{file}: {error}") from error
    return seed


@dataclass(frozen=True)
class Provisions:
    """What was stored at the start, empty if nothing: ids and token of the demo, the control's Seeded."""

    demo: Mapping[str, str]
    seeded: Mapping[str, Any]


def provide(database: Database, *, demo: bool, seed: Seed | None, control: Control | None) -> Provisions:
    """Store the demo and a seed, where they are wanted; that is where the control goes back to.

    Raises Failure if the seed clashes with what is stored, or the store holds too much to be one of tests.
    """
    # Where tests move the clock, a token that expired by it would only be in their way.
    valid_for = demonstration.TOKEN_VALID_FOR if control is None else None
    made = demonstration.prepare(Directory(database), valid_for=valid_for) if demo else {}
    try:
        seeded = {} if seed is None else seed.store(database)
        if control is not None:
            control.reset_point.set()
    except TooMuch as error:
        reason = f"the store holds {error}, so it is none of tests"
        raise refused(f"{reason}: it is served without --seed and --control") from error
    return Provisions(made, seeded)
