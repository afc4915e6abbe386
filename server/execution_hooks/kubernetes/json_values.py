"""Values of a JSON document, read from the outside to the inside, and their violations."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from execution_hooks.domain.violations import Path, Violation

_MOST_SHOWN = 10


@dataclass(slots=True)
class JsonValue:
    """A value of a document, the path to it, and the violations found in the document so far.

    None stands for null as well as for a member that is not there. Reading a value adds its violations
    to ``violations``, and goes on with a value of the right type.
    """

    value: Any
    path: Path
    violations: list[Violation]

    def __getitem__(self, name: str) -> "JsonValue":
        """Return a member of this object."""
        return JsonValue(self.value.get(name), (*self.path, name), self.violations)

    def report(self, reason: str) -> None:
        """Add a violation: that this value is missing, if it is, else the reason."""
        self.violations.append(
            Violation(self.path, "is missing" if self.value is None and self.path else reason)
        )

    def is_object(self, *, optional: bool = False) -> bool:
        """Return whether this is an object. It must be one, or absent if it is optional."""
        if not isinstance(self.value, dict) and not (optional and self.value is None):
            self.report("must be an object")
        return isinstance(self.value, dict)

    def objects(self, *, optional: bool = False) -> Iterator["JsonValue"]:
        """Yield the objects of this list. It must be one, or absent if it is optional."""
        if isinstance(self.value, list):
            items = (
                JsonValue(item, (*self.path, index), self.violations) for index, item in enumerate(self.value)
            )
            yield from (item for item in items if item.is_object())
        elif not (optional and self.value is None):
            self.report("must be a list")

    def names(self) -> Iterator["JsonValue"]:
        """Yield the names of this object's members, each with the path of its member."""
        for name in self.value:
            yield JsonValue(name, (*self.path, name), self.violations)

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
            self.report(f"must be a string of {bounds}")
            return ""
        if "\0" in self.value:
            self.report("must not contain NUL")
        return self.value

    def optional_text(self) -> str:
        """Return this string, empty if it is absent."""
        if not isinstance(self.value, str | None):
            self.report("must be a string")
        return self.value if isinstance(self.value, str) else ""

    def integer(self, *, lowest: int, default: int) -> int:
        """Return this integer, the default if it is absent."""
        if self.value is None:
            return default
        if type(self.value) is not int or self.value < lowest:
            self.report(f"must be an integer of at least {lowest}")
            return default
        return self.value

    def boolean(self, *, default: bool) -> bool:
        """Return this boolean, the default if it is absent."""
        if not isinstance(self.value, bool | None):
            self.report("must be true or false")
        return self.value if isinstance(self.value, bool) else default

    def texts(self) -> tuple[str, ...]:
        """Return the strings of this list, which may be empty, none if it is absent."""
        if not isinstance(self.value, list | None):
            self.report("must be a list of strings")
            return ()
        items = enumerate(self.value or ())
        values = (JsonValue(item, (*self.path, index), self.violations) for index, item in items)
        return tuple(value.text(shortest=0) for value in values)

    def must_be(self, *allowed: str | None) -> bool:
        """Return whether this is an allowed string, or absent if None is allowed; report it otherwise."""
        if self.value not in allowed:
            self.report(f"must be {' or '.join(json.dumps(text) for text in allowed if text is not None)}")
        return self.value in allowed


def described(violations: Sequence[Violation]) -> str:
    """Describe the first ten violations in a line, and count the others."""
    shown = [f"{path_text(violation.path)} {violation.reason}" for violation in violations[:_MOST_SHOWN]]
    more = len(violations) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def path_text(path: Path) -> str:
    """Write a path as in ``items[3].metadata.labels["a/b"]``, in ASCII whatever the members are called."""
    steps = (f".{token}" if _is_plain(token) else f"[{json.dumps(token)}]" for token in path)
    return "".join(steps).removeprefix(".") or "the document"


def _is_plain(token: str | int) -> bool:
    return isinstance(token, str) and token.isascii() and token.isidentifier()
