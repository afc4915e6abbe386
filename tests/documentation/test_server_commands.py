"""The commands in the server's README work as they stand there, but for names such as ID."""

import json
import re
import shutil
from pathlib import Path

import httpx
import pytest

from documentation.pages import REPOSITORY
from documentation.running import in_background, run
from documentation.shown import ADMINISTRATION, SERVER, TLS, session, transcripts
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from execution_hooks.testing import demo
from harness.accounts import HOOK
from harness.stored_hooks import provide_hook


def test_what_the_commands_set_up_can_be_served_and_explained(folder: Path) -> None:
    *before, serve, explain = session(ADMINISTRATION)
    ids: list[str] = []
    for command in before:
        ids += run(command.replace("ID", ids[0] if ids else ""), folder).split()
    account_id, token, app_id, source_id = ids

    with in_background(serve, folder) as url:
        created = httpx.post(
            f"{url}/accounts/{account_id}/core/v1/executionHooks",
            headers={"Authorization": f"Bearer {token}"},
            json=_hook("Freeze", app_id, source_id),
        )
        assert created.status_code == 201
        explained = run(explain.replace("ID", account_id).replace("NAME", created.json()["name"]), folder)
        for command in (line for line in SERVER.inline() if line.startswith("execution-hooks ")):
            run(command.replace("ID", account_id), folder, typed=token)
        assert "hits 1 of 1 containers" in explained
        assert httpx.get(created.headers["location"], headers=_bearer(token)).status_code == 401


@pytest.mark.skipif(not (shutil.which("openssl") and shutil.which("curl")), reason="needs openssl and curl")
def test_the_certificate_that_the_page_makes_is_served_and_trusted(folder: Path) -> None:
    certify, serve, fetch = session(TLS)
    run(certify, folder)

    with in_background(serve, folder) as url:
        port = url.rpartition(":")[2]
        assert run(fetch.replace("8080", port), folder) == (
            REPOSITORY / "openapi" / "openapi.yaml"
        ).read_text("utf-8")


def test_the_explanation_that_is_shown_is_the_one_of_the_demo(folder: Path) -> None:
    [(command, shown)] = transcripts("admin explain")
    found = re.search(r'"(.+)"$', command)
    assert found
    with open_database(f"sqlite:///{folder}/execution-hooks.db") as database:
        curl = demo.shown("http://127.0.0.1:8080", demo.prepare(Directory(database))["token"])
        hook = _hook(found[1], demo.APP_ID, demo.HOOK_SOURCE_ID)
        [criterion] = re.findall(r'"matchingCriteria": (\[.*?\])', curl)
        provide_hook(
            Hooks(StoredHooks(database)), {**hook, "matchingCriteria": json.loads(criterion)}, demo.ACCOUNT_ID
        )

    printed = run(command, folder)
    assert [line.rstrip() for line in printed.splitlines()] == shown.splitlines()


def _hook(name: str, app_id: str, source_id: str) -> dict[str, object]:
    kind = {"hookType": "custom", "action": "snapshot", "stage": "pre"}
    return {**HOOK, **kind, "name": name, "appID": app_id, "hookSourceID": source_id}


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
