"""The server, judged twice: in the judging process, and over HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conformance import sizes
from conformance.account import new_account
from conformance.command import JudgeServer, judging
from conformance.forked_runs import forked_by, judging_fork_server
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks_conformance.bundled import CONFIG, CONTRACT
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.run import Runner, all_at_once
from execution_hooks_conformance.verdict import Verdict
from harness.forking import ForkServer
from harness.processes import Server
from harness.stores import CopyStore, NewStore

_HERE = Path(__file__).parent
_TESTS = _HERE.parent
_NOWHERE = "http://127.0.0.1:1"  # in process no request leaves, but Schemathesis wants a URL to write

JudgeInProcess = Callable[..., Verdict]
"""Judge the server in process, with more options for ``st run``."""


@pytest.fixture(scope="session")
def judges() -> Iterator[ForkServer]:
    """What forks processes that judge."""
    with judging_fork_server() as running:
        yield running


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Hypothesis computes once for all runs."""
    return tmp_path_factory.mktemp("hypothesis")


@pytest.fixture(scope="session")
def prepared(new_store: NewStore) -> tuple[str, Facts]:
    """The URL of a store with nothing but an account to be judged on."""
    store_url = new_store()
    with open_database(store_url) as database:
        return store_url, new_account(database)


@pytest.fixture(scope="session")
def judge_in_process(
    tmp_path_factory: pytest.TempPathFactory,
    cache: Path,
    prepared: tuple[str, Facts],
    copy_store: CopyStore,
    judges: ForkServer,
) -> JudgeInProcess:
    """Return what judges the server in process, each time on a store of its own."""
    hooks = "conformance.in_process"
    suite = Runner(CONTRACT, CONFIG, cache, hooks, str(_TESTS), run_command=forked_by(judges))
    store_url, facts = prepared

    def run(*options: str, suites: int = 0) -> Verdict:
        folder = tmp_path_factory.mktemp("in-process")
        settings = {"IN_PROCESS_DATABASE": copy_store(store_url)}
        if suites:
            return suite.walk(_NOWHERE, facts, folder, suites, settings)
        return suite.judge(_NOWHERE, facts, folder, options, settings)

    return run


@pytest.fixture(scope="session")
def in_process(judge_in_process: JudgeInProcess) -> Verdict:
    """What came of judging the server in process, its own validation of responses switched on."""
    first, *more = all_at_once(
        [
            lambda: judge_in_process(*sizes.IN_PROCESS),
            lambda: judge_in_process(suites=sizes.SUITES),
        ]
    )
    return sum(more, first)


@pytest.fixture(scope="session")
def over_http(
    server: Server,
    directory: Directory,
    tmp_path_factory: pytest.TempPathFactory,
    cache: Path,
    judges: ForkServer,
) -> Verdict:
    """What came of judging a real server process over HTTP, in several accounts at once."""
    suite = Runner(CONTRACT, CONFIG, cache, run_command=forked_by(judges))

    def place() -> tuple[str, Facts, Path]:
        return server.url, new_account(directory.database), tmp_path_factory.mktemp("over-http")

    first, *more = all_at_once(
        [
            lambda: suite.walk(*place(), sizes.SUITES),
            *(lambda options=options: suite.judge(*place(), options) for options in sizes.OVER_HTTP),
        ]
    )
    return sum(more, first)


@pytest.fixture
def judge(judges: ForkServer, tmp_path: Path) -> JudgeServer:
    """Return what judges a server by the command, from an empty folder."""
    return judging(judges, tmp_path)


@pytest.fixture
def facts(directory: Directory) -> Facts:
    """An account to be judged on, on the shared server."""
    return new_account(directory.database)
