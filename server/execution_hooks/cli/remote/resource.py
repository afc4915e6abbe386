"""A kind of resource, as the commands on a server know it."""

from dataclasses import dataclass

from execution_hooks.cli.formats import Columns
from execution_hooks.cli.remote.operations import Operation


@dataclass(frozen=True)
class Resource:
    """What commands call it, its operations by their verbs, and the columns of its table."""

    noun: str
    operations: dict[str, Operation]
    columns: Columns
