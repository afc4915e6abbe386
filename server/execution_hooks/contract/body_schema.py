"""Bodies checked against their schema: every violation at once, in words."""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import jsonschema_rs

from execution_hooks.contract.document import Contract, draft4
from execution_hooks.domain.violations import Path, Violation, in_document_order

_MOST_ERRORS = 1000
"""Where the search for violations ends: ten times what a problem names."""


class BodySchema:
    """A schema of the contract, compiled once. It checks JSON values and explains violations.

    What does not match a pattern is explained by the ``x-refusal`` beside it, for a pattern is no
    reason to give to a person.
    """

    def __init__(self, contract: Contract, schema: Mapping[str, Any]) -> None:
        whole = draft4(schema)
        if "$ref" in str(schema):  # else it is compiled sooner without
            whole["components"] = contract.components
        self._validator = jsonschema_rs.Draft4Validator(whole, validate_formats=False)
        self.conforms: Callable[[Any], bool] = self._validator.is_valid
        """Return whether a document has no violations, which takes far less than to find them."""
        self._refusals = contract.refusals

    def violations(self, document: Any) -> list[Violation]:  # noqa: ANN401 any JSON value
        """Return the violations of a document, one for each value; empty if it conforms.

        Strings must be free of lone surrogates (strict_json sees to it).
        """
        return [] if self.conforms(document) else self.explain(document)

    def explain(self, document: Any) -> list[Violation]:  # noqa: ANN401 any JSON value
        """Return the violations of a document that does not conform, without asking whether it does."""
        found = self._errors(_shortened(document)) or self._errors(document)
        return in_document_order(_telling(found), document)

    def _errors(self, document: Any) -> list[Violation]:  # noqa: ANN401 any JSON value
        errors = islice(self._validator.iter_errors(document), _MOST_ERRORS)
        return [
            violation
            for error in errors
            for violation in self._violations_of(tuple(error.instance_path), error.kind)
        ]

    def _violations_of(self, path: Path, kind: Any) -> list[Violation]:  # noqa: ANN401 the library types it per keyword
        if kind.name == "pattern":
            return [Violation(path, self._refusals.get(kind.pattern, "is not of the form that it must have"))]
        return _explained(path, kind)


def _shortened(document: Any) -> Any:  # noqa: ANN401 any JSON value
    """Cut long lists, of which the validator would report every item."""
    match document:
        case dict():
            return {name: _shortened(value) for name, value in document.items()}
        case list():
            return [_shortened(item) for item in document[:_MOST_ERRORS]]
        case _:
            return document


_WRONG_TYPE = "must be of type "


def _telling(violations: list[Violation]) -> list[Violation]:
    """Leave out violations that only follow from a value being of the wrong type."""
    wrong = {violation.path for violation in violations if violation.reason.startswith(_WRONG_TYPE)}
    return [
        violation
        for violation in violations
        if violation.reason.startswith(_WRONG_TYPE)
        or not any(violation.path[:length] in wrong for length in range(len(violation.path) + 1))
    ]


_REASONS: dict[str, Callable[[Any], str]] = {
    "type": lambda kind: _WRONG_TYPE + " or ".join(kind.types),
    "enum": lambda kind: "must be one of " + ", ".join(f'"{option}"' for option in kind.options),
    "minimum": lambda kind: f"must be at least {kind.limit}",
    "maximum": lambda kind: f"must be at most {kind.limit}",
    "minProperties": lambda kind: f"must have at least {_counted(kind.limit, 'member')}",
    "minLength": lambda kind: f"must be at least {_counted(kind.limit, 'character')} long",
    "maxLength": lambda kind: f"must be at most {_counted(kind.limit, 'character')} long",
    "minItems": lambda kind: f"must have at least {_counted(kind.limit, 'item')}",
    "maxItems": lambda kind: f"must have at most {_counted(kind.limit, 'item')}",
    "uniqueItems": lambda _: "must not hold the same item twice",
}


def _explained(path: Path, kind: Any) -> list[Violation]:  # noqa: ANN401 the library types it per keyword
    match kind.name:
        case "required":
            return [Violation((*path, kind.property), "is required")]
        case "additionalProperties":
            return [Violation((*path, name), "is not a member of this object") for name in kind.unexpected]
        case "not":
            return [_excluded(path, kind.schema)]
        case name if name in _REASONS:
            return [Violation(path, _REASONS[name](kind))]
        case name:
            return [Violation(path, f"must satisfy {name}")]


def _excluded(path: Path, schema: Mapping[str, Any]) -> Violation:
    """Report a combination of values that a ``not`` excludes at the last member it is about."""
    values = {
        name: " or ".join(f'"{value}"' for value in each.get("enum", ()))
        for name, each in schema.get("properties", {}).items()
    }
    if not all(values.values()) or not values:
        return Violation(path, "must not be of this form")
    *conditions, last = values
    when = "".join(f" when {name} is {values[name]}" for name in conditions)
    return Violation((*path, last), f"must not be {values[last]}{when}")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
