"""A mutant: a server that is wrong in one way."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp

from conformance.mutation.places import Place
from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.log import request_log
from execution_hooks.store.database import Database

Node = dict[str, Any]
_QUIET = Options(log=request_log(level=logging.CRITICAL))
Wrapper = Callable[[ASGIApp], ASGIApp]


def _unchanged(_document: Node) -> None:
    """Leave the contract as it is."""


@dataclass(frozen=True)
class Mutant:
    """A server with a changed copy of the contract, or with something around it that changes messages.

    ``id`` is unique and lasts. ``operation`` is the operationId of the operation that the mutant is judged
    at. ``part``, ``keyword`` and ``change`` say where the matrix counts it, ``pointer`` is the JSON Pointer
    of what is changed in the contract; a behaviour has none. ``place`` is that part of the contract, and
    ``about`` the keyword with the member that it is about. ``promise`` is the one that must fail; any one
    kills the mutant if it is empty. ``walks`` says that it takes walks along the links to see it.
    """

    id: str
    operation: str
    part: str
    keyword: str
    change: str
    pointer: str = ""
    place: Place | None = None
    about: str = ""
    contract: Callable[[Node], None] = _unchanged
    app: Wrapper = lambda app: app
    promise: str = ""
    walks: bool = False

    @property
    def kind(self) -> str:
        """What the id begins with: ``request``, ``response``, ``behaviour``, or ``control``."""
        return self.id.partition(" ")[0]

    def server(self, contract: Contract, database: Database) -> ASGIApp:
        """Build this mutant from a contract, which is changed."""
        if self.contract is not _unchanged:
            contract.document = json.loads(json.dumps(contract.document))  # YAML's anchors share nodes
            self.contract(contract.document)
        return self.app(create_app(contract, database, _QUIET))
