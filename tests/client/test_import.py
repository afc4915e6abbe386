"""To import the client takes little longer than to import httpx, which it is built on."""

import resource
import subprocess
import sys

import pytest

RUNS = 4


@pytest.mark.parametrize(
    ("code", "most"),
    [("import execution_hooks_client", 1.3), ("from execution_hooks_client import ExecutionHooks", 1.6)],
)
def test_importing_it_takes_little_longer_than_importing_httpx(code: str, most: float) -> None:
    runs = [(_processor_seconds("import httpx"), _processor_seconds(code)) for _ in range(RUNS)]
    plain, ours = (min(times) for times in zip(*runs, strict=True))

    assert ours <= most * plain


def _processor_seconds(code: str) -> float:
    before = _spent_by_children()
    subprocess.run([sys.executable, "-I", "-c", code], check=True)
    return _spent_by_children() - before


def _spent_by_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
