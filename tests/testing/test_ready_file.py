"""``serve --ready-file`` says where the server is, once it listens, for programs that start one."""

import json
import stat
from pathlib import Path

import httpx

from execution_hooks.testing.demo import ACCOUNT_ID, APP_ID, HOOK_SOURCE_ID
from execution_hooks.testing.ready_file import write_ready_file
from harness.processes import StartServer


def test_it_has_the_url_of_a_server_that_listens_and_is_gone_once_it_stops(
    start_server: StartServer, store_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "ready.json"
    with start_server(store_url, "--ready-file", str(file)) as server:
        ready = json.loads(file.read_text("utf-8"))
        assert ready == {"url": server.url}
        assert httpx.get(f"{ready['url']}/readyz").status_code == 200

    assert not file.exists()


def test_with_the_demo_it_has_what_a_create_needs(
    start_server: StartServer, store_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "ready.json"
    with start_server(store_url, "--demo", "--ready-file", str(file)):
        ready = json.loads(file.read_text("utf-8"))
        url = f"{ready['url']}/accounts/{ready['account']}/k8s/v2/apps/{ready['app']}"
        response = httpx.get(url, headers={"Authorization": f"Bearer {ready['token']}"})

    assert response.status_code == 200
    assert (ready["account"], ready["app"], ready["hookSource"]) == (ACCOUNT_ID, APP_ID, HOOK_SOURCE_ID)


def test_it_is_for_its_owner_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    file.write_text("what was there before")
    write_ready_file(file, {"url": "http://127.0.0.1:1", "token": "secret"})

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text("utf-8"))["token"] == "secret"  # noqa: S105 no secret
    assert [*tmp_path.iterdir()] == [file]


def test_a_server_that_cannot_write_it_does_not_start(
    start_server: StartServer, store_url: str, tmp_path: Path
) -> None:
    nowhere = tmp_path / "missing" / "ready.json"
    try:
        with start_server(store_url, "--ready-file", str(nowhere)):
            started = True
    except AssertionError as error:
        started, shown = False, str(error)

    assert not started
    assert str(nowhere.parent) in shown
