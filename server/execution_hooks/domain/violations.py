"""What is wrong with a document: faults, each at a JSON Pointer, in the order of the document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""Where a value stands in a JSON document: member names and array indices, outermost first."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a document.

    ``path`` leads to the value at fault, or to where a missing one belongs; ``reason`` completes
    the sentence "This field …", without a full stop.
    """

    path: Path
    reason: str

    @property
    def pointer(self) -> str:
        """The path as a JSON Pointer (RFC 6901); the empty string is the whole document."""
        return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in self.path)


def in_document_order(faults: Iterable[Fault], document: Any) -> list[Fault]:  # noqa: ANN401 any JSON value
    """Sort faults as their values stand in the document.

    A container's own fault precedes those of its members; a missing member follows its siblings.
    Faults at one place keep the order they came in.
    """
    positions: dict[int, dict[str, int]] = {}
    return sorted(faults, key=lambda fault: _place(fault.path, document, positions))


def _place(path: Path, document: Any, positions: dict[int, dict[str, int]]) -> tuple[int, ...]:  # noqa: ANN401
    place = []
    for token in path:
        if isinstance(token, int):
            place.append(token)
            document = document[token]
        else:
            order = positions.get(id(document))
            if order is None:
                order = positions[id(document)] = {name: i for i, name in enumerate(document)}
            place.append(order.get(token, len(order)))
            document = document.get(token)
    return tuple(place)


def one_per_place(faults: Sequence[Fault]) -> list[Fault]:
    """Join the reasons of faults at one place, so that every place is named once."""
    reasons: dict[Path, list[str]] = {}
    for fault in faults:
        place = reasons.setdefault(fault.path, [])
        if fault.reason not in place:
            place.append(fault.reason)
    return [Fault(path, "; ".join(said)) for path, said in reasons.items()]
