"""What all workers have in common, made by their parent before the first of them."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from execution_hooks.contract.document import Contract
from execution_hooks.http.rates.file_counts import make_file
from execution_hooks.http.shared_places import SharedPlaces
from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.settings import Settings
from execution_hooks.store.database import Database


@dataclass(frozen=True)
class Folder:
    """A folder of the files that all workers write; it is there as long as they are."""

    path: Path

    @property
    def rates(self) -> Path:
        """The file in which they count the requests of tokens."""
        return self.path / "rates.db"

    @property
    def metrics(self) -> Path:
        """The folder in which they keep what they have counted for metrics."""
        return self.path / "metrics"

    def prepare(self) -> None:
        """Make what must be there before the first worker begins. Raises OSError, sqlite3.Error."""
        self.metrics.mkdir()
        make_file(self.rates)


@dataclass(frozen=True)
class Common:
    """What all workers begin with; the ports in the settings are those that their parent has reserved."""

    contract: Contract
    settings: Settings
    open_store: Callable[[], Database]
    places: SharedPlaces
    folder: Folder
    limits: ConnectionLimits | None
    tls: ssl.SSLContext | None
