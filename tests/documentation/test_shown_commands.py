"""Every command that a page shows is run by a test or every day."""

from pathlib import Path

import pytest

from documentation.pages import PAGES
from documentation.running import run
from documentation.shown import (
    ADMINISTRATION,
    CHANGE,
    CONFORMANCE,
    DAILY_CHECKS,
    DEMO,
    DRIVERS,
    EXCHANGE,
    EXTRA,
    FROM_A_SHELL,
    KUBERNETES,
    NAMED,
    NARROWED,
    PROVEN_DAILY,
    PROVEN_HERE,
    SERVER,
    SHOWN,
    START,
    SUITE,
    TLS,
    session,
    transcripts,
)


@pytest.mark.parametrize("name", PAGES)
def test_each_command_is_run_by_a_test_or_every_day(name: str) -> None:
    sessions, inline = SHOWN[name].sessions(), SHOWN[name].inline()
    shown = [line for block in sessions for line in block] + inline
    targets = {line.split()[1] for line in shown if line.startswith("make ")}

    assert targets <= PROVEN_HERE | PROVEN_DAILY
    assert [_without_exports(block) for block in sessions] == _sessions().get(name, [])
    assert {line.split()[0] for line in inline} <= {"make", "execution-hooks", "pip"}
    assert {line for line in inline if line.startswith("make ") and " ARGS=" in line} <= NARROWED


def test_what_pages_call_daily_is_run_by_ci() -> None:
    run_daily = {line.split()[1] for line in DAILY_CHECKS if line.startswith("make ")}

    assert run_daily >= PROVEN_DAILY


def test_other_commands_than_make_in_running_text_are_run_or_are_only_named() -> None:
    others = {
        name: [line for line in page.inline() if not line.startswith("make ")] for name, page in SHOWN.items()
    }

    assert [line for line in others.pop("server/README.md") if line.startswith("pip")] == DRIVERS
    assert others.pop("client/README.md") == [DEMO]
    assert "make client" in SHOWN["client/README.md"].inline()
    assert {line for lines in others.values() for line in lines} <= NAMED


@pytest.mark.parametrize("command", sorted(NAMED))
def test_a_command_that_is_only_named_exists(folder: Path, command: str) -> None:
    assert f"Usage: {command} " in run(f"{command} --help", folder)


def test_only_explanations_are_shown_with_their_output() -> None:
    assert [name for name, page in SHOWN.items() if page.transcripts()] == ["server/README.md"]
    compared = [*transcripts("admin explain"), *transcripts("hook "), *transcripts("exechook ")]
    assert SERVER.transcripts() == compared


def _sessions() -> dict[str, list[list[str]]]:
    """Return the blocks for a shell that pages have, each of which a test runs."""
    return {
        "README.md": [START, EXTRA, SUITE],
        "CONTRIBUTING.md": [CHANGE],
        "client/README.md": [["pip install ./client"]],
        "server/README.md": [
            session(ADMINISTRATION),
            _without_exports(session(FROM_A_SHELL)),
            session(KUBERNETES),
            session(EXCHANGE),
            session(TLS),
        ],
        "tests/conformance/README.md": [SUITE, CONFORMANCE],
    }


def _without_exports(block: list[str]) -> list[str]:
    return [line for line in block if not line.startswith("export ")]
