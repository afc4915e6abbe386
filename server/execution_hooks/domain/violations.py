"""Violations of a document, each with a JSON Pointer, in the order of the document."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""Where a value stands in a JSON document: member names and array indices, outermost first."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation of a document.

    ``path`` leads to the invalid value, or to where a missing one belongs; ``reason`` completes
    the sentence "This field …", without a full stop.
    """

    path: Path
    reason: str

    @property
    def pointer(self) -> str:
        """The path as a JSON Pointer (RFC 6901); the empty string is the whole document."""
        return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in self.path)


def in_document_order(violations: Iterable[Violation], document: Any) -> list[Violation]:  # noqa: ANN401 any JSON value
    """Sort violations as their values stand in the document, and join those of one value.

    A container's own precede those of its members; a missing member follows its siblings. Several
    violations of one value become one, whose reasons keep the order they came in, each once.
    """
    positions: dict[int, dict[str, int]] = {}
    return sorted(_joined(violations), key=lambda violation: _place(violation.path, document, positions))


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


def _joined(violations: Iterable[Violation]) -> list[Violation]:
    reasons: dict[Path, dict[str, None]] = {}
    for violation in violations:
        reasons.setdefault(violation.path, {})[violation.reason] = None
    return [Violation(path, "; ".join(each)) for path, each in reasons.items()]
