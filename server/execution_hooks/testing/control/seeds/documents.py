"""Seeds as they are given: which ones are of the form that the contract of the control has."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from execution_hooks.contract.body_schema import BodySchema
from execution_hooks.contract.document import Contract
from execution_hooks.domain.violations import Violation, in_document_order
from execution_hooks.testing.control.seeds.located import Located, read_json, read_yaml

_JSON = ".json"


class InvalidSeed(Exception):
    """A seed that has violations; the message names each, with its line in the document."""

    def __init__(self, located: Located, violations: Sequence[Violation]) -> None:
        self.violations = [(located.line(each.path), each) for each in violations]
        super().__init__("; ".join(_told(line, each) for line, each in self.violations))


class SeedSchema:
    """What a seed must be."""

    def __init__(self, control: Contract) -> None:
        self._schema = BodySchema(control, control.operations["seed"].body_schema or {})

    def check(self, located: Located) -> None:
        """Raise InvalidSeed, with every violation, unless a document is of the contract's form."""
        found = [*located.violations, *self._schema.violations(located.value)]
        if found:
            raise InvalidSeed(located, in_document_order(found, located.value))


def read_seed(payload: bytes, *, is_json: bool) -> Located:
    """Read a seed. Raises Unreadable."""
    return read_json(payload) if is_json else read_yaml(payload)


def read_seed_file(file: Path) -> Located:
    """Read a file; one whose name ends in .json is JSON, any other is YAML. Raises OSError or Unreadable."""
    return read_seed(file.read_bytes(), is_json=file.suffix == _JSON)


def _told(line: int | None, violation: Violation) -> str:
    where = "" if line is None else f"line {line}: "
    return f"{where}{violation.pointer or 'the document'} {violation.reason}"


Document = dict[str, Any]
"""A seed of the contract's form."""
