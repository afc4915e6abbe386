"""Places: the values of a JSON document that is read from outside in, and what is wrong with them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from execution_hooks.domain.violations import Path, Violation


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a document, the path to it, and the violations found in the document so far.

    The value None stands for null as well as for a member that is not there. Reading a place adds
    to ``violations`` what is wrong, and goes on with a value of the right type.
    """

    value: Any
    path: Path
    violations: list[Violation]

    def __getitem__(self, name: str) -> "Place":
        """Go to a member. This must be an object."""
        return Place(self.value.get(name), (*self.path, name), self.violations)

    def wrong(self, reason: str) -> None:
        """Add a violation: that this is missing if it is, else the reason."""
        self.violations.append(
            Violation(self.path, "is missing" if self.value is None and self.path else reason)
        )

    def is_object(self, *, optional: bool = False) -> bool:
        """Tell whether this is an object. It must be one, or absent if it is optional."""
        if not isinstance(self.value, dict) and not (optional and self.value is None):
            self.wrong("must be an object")
        return isinstance(self.value, dict)

    def objects(self, *, optional: bool = False) -> Iterator["Place"]:
        """Go through this list of objects. It must be one, or absent if it is optional."""
        if isinstance(self.value, list):
            items = (
                Place(item, (*self.path, index), self.violations) for index, item in enumerate(self.value)
            )
            yield from (item for item in items if item.is_object())
        elif not (optional and self.value is None):
            self.wrong("must be a list")

    def names(self) -> Iterator["Place"]:
        """Go through the names of this object's members, each at the place of its member."""
        for name in self.value:
            yield Place(name, (*self.path, name), self.violations)

    def text(self, *, shortest: int = 1, longest: int | None = None) -> str:
        """Return this string, which must be of some length (without ``longest``, of any) and without NUL."""
        if (
            not isinstance(self.value, str)
            or len(self.value) < shortest
            or (longest is not None and len(self.value) > longest)
        ):
            bounds = (
                f"at least {shortest} character" if longest is None else f"{shortest} to {longest} characters"
            )
            self.wrong(f"must be a string of {bounds}")
            return ""
        if "\0" in self.value:
            self.wrong("must not contain NUL")
        return self.value

    def optional_text(self) -> str:
        """Return this string, empty if it is absent."""
        if not isinstance(self.value, str | None):
            self.wrong("must be a string")
        return self.value if isinstance(self.value, str) else ""

    def must_be(self, *allowed: str | None) -> bool:
        """Tell whether this is one of the allowed strings, or absent if None is allowed, as it must be."""
        if self.value not in allowed:
            self.wrong(f"must be {' or '.join(json.dumps(text) for text in allowed if text is not None)}")
        return self.value in allowed


def written(path: Path) -> str:
    """Write a path as in ``items[3].metadata.labels["a/b"]``, in ASCII whatever the members are called."""
    steps = (f".{token}" if _is_plain(token) else f"[{json.dumps(token)}]" for token in path)
    return "".join(steps).removeprefix(".") or "the document"


def _is_plain(token: str | int) -> bool:
    return isinstance(token, str) and token.isascii() and token.isidentifier()
