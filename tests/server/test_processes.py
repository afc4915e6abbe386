"""Several server processes on one store."""

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx

from execution_hooks.matching.container_json import write_container
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import HOOK, Account
from harness.inventories import DATABASE, WEB, import_containers
from harness.processes import StartServer

CREATES, NAMES = 200, 20
RACES = 10


def test_two_processes_racing_for_twenty_names_create_exactly_twenty(
    start_server: StartServer, store_url: str
) -> None:
    with (
        start_server(store_url) as first,
        start_server(store_url) as second,
        open_database(store_url) as database,
    ):
        account = Account.new(Directory(database))
        with httpx.Client(headers=account.bearer(), timeout=60) as client, ThreadPoolExecutor(16) as pool:

            def create(index: int) -> httpx.Response:
                server = (first, second)[index % 2]
                body = account.hook(name=f"hook {index // 2 % NAMES}")
                return client.post(server.url + account.path, json=body)

            responses = list(pool.map(create, range(CREATES)))

    assert Counter(response.status_code for response in responses) == {201: NAMES, 409: CREATES - NAMES}
    assert len({response.json()["name"] for response in responses if response.status_code == 201}) == NAMES


def test_of_writers_with_one_entity_tag_at_two_processes_exactly_one_succeeds(
    start_server: StartServer, store_url: str
) -> None:
    with (
        start_server(store_url) as first,
        start_server(store_url) as second,
        open_database(store_url) as database,
    ):
        account = Account.new(Directory(database))
        with httpx.Client(headers=account.bearer(), timeout=60) as client, ThreadPoolExecutor(4) as pool:
            created = client.post(first.url + account.path, json=account.hook())
            path, tag = f"{account.path}/{created.json()['id']}", created.headers["etag"]
            for race in range(RACES):
                together = threading.Barrier(4)

                def write(
                    index: int, race: int = race, tag: str = tag, start: threading.Barrier = together
                ) -> int:
                    server = (first, second)[index % 2]
                    body = {**HOOK, "name": f"race {race}, racer {index}"}
                    start.wait()
                    response = client.put(server.url + path, json=body, headers={"If-Match": tag})
                    return response.status_code

                statuses = list(pool.map(write, range(4)))

                assert sorted(statuses) == [204, 412, 412, 412]
                for server in (first, second):
                    shown = client.get(server.url + path)
                    assert shown.json()["name"] == f"race {race}, racer {statuses.index(204)}"
                tag = shown.headers["etag"]


def test_what_one_process_does_every_process_shows_at_once(start_server: StartServer, store_url: str) -> None:
    with (
        start_server(store_url) as first,
        start_server(store_url) as second,
        open_database(store_url) as database,
    ):
        directory = Directory(database)
        account = Account.new(directory)
        with httpx.Client(headers=account.bearer(), timeout=60) as client:
            created = client.post(first.url + account.path, json=account.hook())
            path = f"{account.path}/{created.json()['id']}"
            for known in ([WEB], [DATABASE], []):
                import_containers(directory, account, known)
                shown = [client.get(server.url + path).json() for server in (first, second)]
                assert shown[0] == shown[1]
                assert shown[0]["matchingContainers"] == [write_container(each) for each in known]

            assert client.delete(second.url + path).status_code == 204
            assert client.get(first.url + path).status_code == 404


def test_servers_that_start_together_on_a_new_store_migrate_it_once(
    start_server: StartServer, new_url: str
) -> None:
    with ThreadPoolExecutor(3) as pool:

        def start_and_stop(_: int) -> int:
            with start_server(new_url) as server:
                return server.stop()

        assert list(pool.map(start_and_stop, range(3))) == [0, 0, 0]


def test_sigterm_ends_the_process_cleanly_and_the_log_is_json(
    start_server: StartServer, store_url: str
) -> None:
    with start_server(store_url) as server:
        assert httpx.get(server.url).status_code == 200

        assert server.stop() == 0

        announcement, *lines = server.log_file.read_text().splitlines()
    assert announcement.startswith("Execution Hooks at ")
    assert [json.loads(line)["status"] for line in lines] == [200]
