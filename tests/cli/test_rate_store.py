"""A store of rates that cannot be one is refused at start, in one line without its password."""

import subprocess
import sys
from pathlib import Path

import pytest

from harness.commands import Run, refused

SECRET = "S3cr3t"  # noqa: S105 nobody's
FORM = "is not of the form redis://HOST:PORT/DATABASE"
WITHOUT_DRIVER = (
    "import sys; sys.modules['redis'] = None; from execution_hooks.cli import main; main(prog_name='x')"
)
RATE = ("--rate-limit", "100/minute")


@pytest.mark.parametrize(
    ("uri", "problem"),
    [
        ("nonsense", f"{FORM} (got 'nonsense')"),
        (f"memcached://:{SECRET}@127.0.0.1:1", f"{FORM} (got 'memcached://:***@127.0.0.1:1')"),
        ("redis://", f"{FORM} (got 'redis://')"),
        (f"redis://:{SECRET}@127.0.0.1:port", "Port could not be cast"),
        (f"redis://:{SECRET}@127.0.0.1:99999", "Port out of range"),
        (f"redis://:{SECRET}@127.0.0.1:1/hooks", FORM),
        (f"redis://:{SECRET}@127.0.0.1:1?nonsense={SECRET}", "has an option that is unknown"),
        (f"redis://:{SECRET}@127.0.0.1:1?db={SECRET}", "Invalid value for 'db'"),
        (f"redis://:{SECRET}/x@127.0.0.1:1", FORM),
    ],
)
def test_a_uri_that_names_no_redis_is_refused(run: Run, uri: str, problem: str) -> None:
    done = run("serve", "--port", "0", *RATE, "--rate-store", uri)

    assert done.returncode == 2
    line = refused(done)
    assert line.startswith("EXECUTION_HOOKS_RATE_STORE: ")
    assert problem in line
    assert SECRET not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_store_without_a_rate_to_count_for_is_refused(run: Run) -> None:
    done = run("serve", "--port", "0", EXECUTION_HOOKS_RATE_STORE="redis://127.0.0.1:1")

    assert done.returncode == 2
    assert refused(done) == "EXECUTION_HOOKS_RATE_LIMIT: is needed with EXECUTION_HOOKS_RATE_STORE"


def test_a_missing_driver_is_named_with_how_to_install_it(tmp_path: Path) -> None:
    serve = ["serve", "--port", "0", *RATE, "--rate-store", "redis://127.0.0.1:1"]

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DRIVER, *serve],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr == (
        "Error: EXECUTION_HOOKS_RATE_STORE: the driver of Redis is missing; "
        "install it with: pip install 'redis<8'\n"
    )
