"""The server, judged twice: in the judging process, and over HTTP."""

from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from execution_hooks.access import Role
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import Server
from judge.facts import Facts
from judge.run import Judge
from judge.verdict import Verdict

_HERE = Path(__file__).parent
_CONTRACT = _HERE.parents[1] / "openapi" / "openapi.yaml"
_CONFIG = _HERE / "schemathesis.toml"
_NOWHERE = "http://127.0.0.1:1"  # in process no request leaves, but Schemathesis wants a URL to write

JudgeInProcess = Callable[..., Verdict]
"""Judge the server in process, with more options for ``st run``; ``fault`` names one of it."""


def _facts(directory: Directory) -> Facts:
    account = Account.new(directory)
    return Facts(account.id, account.tokens[Role.MEMBER], account.app_id, account.hook_source_id)


@pytest.fixture(scope="session")
def judge_in_process(tmp_path_factory: pytest.TempPathFactory) -> JudgeInProcess:
    """Return what judges the server in process, each time on a store with nothing but an account."""
    judge = Judge(_CONTRACT, _CONFIG, hooks="conformance.in_process")
    prepared = tmp_path_factory.mktemp("prepared") / "hooks.db"
    with open_database(f"sqlite:///{prepared}") as database:
        facts = _facts(Directory(database))

    def run(*options: str, fault: str = "") -> Verdict:
        folder = tmp_path_factory.mktemp("in-process")
        store = copy(prepared, folder)
        settings = {"IN_PROCESS_DATABASE": f"sqlite:///{store}", "IN_PROCESS_FAULT": fault}
        return judge.judge(_NOWHERE, facts, folder, options, settings)

    return run


@pytest.fixture(scope="session")
def in_process(judge_in_process: JudgeInProcess) -> Verdict:
    """What came of judging the server in process, its own validation of answers switched on."""
    return judge_in_process()


@pytest.fixture(scope="session")
def over_http(server: Server, directory: Directory, tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """What came of judging a real server process over HTTP."""
    folder = tmp_path_factory.mktemp("over-http")
    return Judge(_CONTRACT, _CONFIG).judge(server.url, _facts(directory), folder)
