"""What a change is: how grave, whom it hits, where it stands, and the message that shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from diff.composing import Composer
from diff.messages import Key, Operation, messages, operations
from diff.places import Node

Level = Literal["breaking", "additive", "wording"]
Side = Literal["request", "response", "client", "document"]
LEVELS: tuple[Level, ...] = ("breaking", "additive", "wording")


@dataclass(frozen=True)
class Witness:
    """One message that shows a change, or a name that generated code has; ``shows`` says how, in words."""

    shows: str
    message: Node
    key: Key | None = None
    """Which message of the contract it is; None where a name is the witness."""


@dataclass(frozen=True)
class Change:
    """A difference between two contracts.

    ``side`` says whether it is about requests, responses, clients that are generated, or only the document;
    ``where`` is a JSON Pointer into the new contract, or into the old one for what is gone. ``fields`` names
    the fields of messages that it is about, ``hits`` the operationIds. Each breaking change has a witness,
    unless it could not be decided.
    """

    level: Level
    side: Side
    where: str
    what: str
    fields: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    witness: Witness | None = None


@dataclass(frozen=True)
class Contract:
    """A contract with its operations and messages, each by its key."""

    document: Node
    composer: Composer = field(repr=False)
    operations: dict[Key, Operation]
    messages: dict[Key, Node]

    @classmethod
    def of(cls, document: Node) -> "Contract":
        """Read a document."""
        composer = Composer(document)
        found = {each.key(): each for each in operations(document, composer)}
        return cls(
            document,
            composer,
            found,
            {key: schema for each in found.values() for key, schema in messages(each, composer)},
        )

    def of_operation(self, operation: Operation) -> dict[Key, Node]:
        """Return the messages of one operation."""
        own = operation.key()
        return {
            key: each
            for key, each in self.messages.items()
            if (key.method, key.path) == (own.method, own.path)
        }

    def name(self, key: Key) -> str:
        """Return the operationId that a message belongs to."""
        return self.operations[Key(key.method, key.path, "", "")].name


def joined(changes: Iterable[Change]) -> list[Change]:
    """Return the changes, gravest first, those of one place and one effect as one."""
    found: dict[tuple[Any, ...], Change] = {}
    for each in changes:
        same = (each.level, each.side, each.where, each.what)
        known = found.get(same, each)
        fields, hits = (
            {*one, *other} for one, other in ((known.fields, each.fields), (known.hits, each.hits))
        )
        witness = known.witness or each.witness
        found[same] = replace(each, fields=tuple(sorted(fields)), hits=tuple(sorted(hits)), witness=witness)
    return sorted(found.values(), key=lambda each: (LEVELS.index(each.level), each.where, each.what))
