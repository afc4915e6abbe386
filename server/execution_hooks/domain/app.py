"""Apps: what hooks are tied to. They are made on the command line and read over HTTP."""

from dataclasses import dataclass

from execution_hooks.domain.metadata import Metadata


@dataclass(frozen=True, slots=True)
class App:
    """A stored app. ``namespaces`` are those of its containers, sorted; ``discovered`` if they are known."""

    id: str
    account_id: str
    name: str
    namespaces: list[str]
    discovered: bool
    metadata: Metadata
