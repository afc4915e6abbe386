"""What a response comes down to: a status, the problem, and what the problem names."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

ANY_PROBLEM = "*"
"""In the place of a problem: whichever it is."""
NO_TYPE = "about:blank"
"""The type of a problem that says no more than its status does (RFC 9457)."""
_PROBLEMS = "https://astra.netapp.io/problems/"


class Outcome(NamedTuple):
    """A status, the problem's type without its prefix (empty for a success), and what the problem names.

    ``names`` are those of ``invalidFields`` and ``invalidParams``; None where they are not predicted.
    """

    status: int
    problem: str = ""
    names: frozenset[str] | None = frozenset()

    def admits(self, found: "Outcome") -> bool:
        """Tell whether a response's outcome is the predicted one."""
        return self.fits_but_for_names(found) and self.names in (None, found.names)

    def fits_but_for_names(self, found: "Outcome") -> bool:
        """Tell whether status and problem are the predicted ones."""
        return self.status == found.status and self.problem in (ANY_PROBLEM, found.problem)

    def as_if_listed(self, expected: Sequence["Outcome"]) -> "Outcome":
        """Return this outcome with the problem that was expected with its status, if one was."""
        problems = [each.problem for each in expected if each.status == self.status]
        return self._replace(problem=problems[0]) if problems else self


def number_of(problem_type: str) -> str:
    """Return the last part of a problem's type, by which outcomes name it."""
    return problem_type.removeprefix(_PROBLEMS)


def outcome_of(status: int, body: object) -> Outcome:
    """Return the outcome of a response, of which ``body`` is the JSON value; None if it has none."""
    if status < HTTPStatus.BAD_REQUEST or not isinstance(body, dict):
        return Outcome(status)
    named = [*_entries(body, "invalidFields"), *_entries(body, "invalidParams")]
    names = frozenset(str(each.get("name")) for each in named)
    return Outcome(status, number_of(str(body.get("type"))), names)


def _entries(problem: Mapping[str, Any], member: str) -> list[Mapping[str, Any]]:
    found = problem.get(member)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
