"""What the tests of the comparison share: the contract, and what compares another one with it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml

from diff.changes import Change, Contract
from diff.comparison import compare
from diff.releases import CONTRACT

Node = dict[str, Any]
Edited = Callable[[Callable[[Node], object]], list[Change]]


@pytest.fixture(scope="session")
def document() -> Node:
    """Return the contract."""
    loaded: Node = yaml.load(CONTRACT.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return loaded


@pytest.fixture
def edited(document: Node) -> Edited:
    """Return a function that makes an edit in a copy of the contract, and compares it with the contract."""

    def edited(edit: Callable[[Node], object]) -> list[Change]:
        changed = deepcopy(document)
        edit(changed)
        return compare(Contract.of(document), Contract.of(changed))

    return edited
