"""What predicts responses rests on the contract alone: not on the server, nor on what sends requests."""

import ast
from pathlib import Path

import pytest

SUITE = Path(__file__).parent / "src" / "execution_hooks_conformance"


def _imported(path: Path) -> set[str]:
    """Return the first names of the modules that a file imports."""
    nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | named}


def _modules(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(SUITE)) for path in folder.rglob("*.py"))


@pytest.mark.parametrize("module", _modules(SUITE))
def test_no_module_of_the_suite_imports_the_server_or_its_tests(module: str) -> None:
    assert not _imported(SUITE / module) & {"execution_hooks", "conformance", "harness", "stateful"}


@pytest.mark.parametrize("module", _modules(SUITE / "oracle"))
def test_no_module_of_the_oracle_imports_what_sends_requests(module: str) -> None:
    assert not _imported(SUITE / module) & {"schemathesis", "requests", "httpx", "hypothesis"}
