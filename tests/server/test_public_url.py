"""A server that clients reach below a prefix of another host: all URLs that it sends lead there."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
import yaml

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import TIMEOUT_SECONDS, StartServer
from harness.proxies import proxy

CONTRACT = Path(__file__).parents[2] / "openapi" / "openapi.yaml"


@dataclass(frozen=True)
class Site:
    """A server as its clients see it, an account on it, and the file with what its process printed."""

    url: str
    account: Account
    output: Path


@pytest.fixture(scope="module")
def site(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with a demo behind a proxy that takes a prefix from each path."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('public')}/hooks.db"
    with (
        proxy("/storage/hooks") as front,
        start_server(database_url, "--demo", "--public-url", f"{front.url}/") as server,
        open_database(database_url) as database,
    ):
        front.target = server.url
        yield Site(front.url, Account.new(Directory(database)), server.output_file)


class _Links(HTMLParser):
    def __init__(self, page: httpx.Response) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._base = str(page.url)
        self.feed(page.text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {urljoin(self._base, str(url)) for name, url in attrs if name in {"href", "src"}}


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_every_link_of_a_page_leads_to_what_is_there(site: Site, path: str) -> None:
    links = _Links(httpx.get(site.url + path)).found

    assert len(links) > 3
    for link in links:
        assert link.startswith(f"{site.url}/")
        assert httpx.get(link).status_code == 200, link


def test_the_pages_lead_to_one_another_and_to_the_contract(site: Site) -> None:
    front, reference = _Links(httpx.get(f"{site.url}/")).found, _Links(httpx.get(f"{site.url}/docs")).found

    assert {f"{site.url}/{name}" for name in ("docs", "openapi.yaml", "openapi.json")} <= front
    assert f"{site.url}/" in reference


def test_the_served_contract_names_the_public_url_and_is_otherwise_as_written(site: Site) -> None:
    served = httpx.get(f"{site.url}/openapi.yaml").text.splitlines()
    written = CONTRACT.read_text("utf-8").splitlines()

    changed = [(new, old) for new, old in zip(served, written, strict=True) if new != old]
    assert changed == [(f'  - url: "{site.url}"', "  - url: /")]


def test_the_contract_is_the_same_as_json(site: Site) -> None:
    written = yaml.load(httpx.get(f"{site.url}/openapi.yaml").text, Loader=yaml.CSafeLoader)

    assert json.loads(httpx.get(f"{site.url}/openapi.json").text) == written
    assert [each["url"] for each in written["servers"]] == [site.url]


def test_a_request_to_the_server_of_the_contract_is_served_and_so_is_its_location(site: Site) -> None:
    [server] = httpx.get(f"{site.url}/openapi.json").json()["servers"]
    headers = site.account.bearer()

    created = httpx.post(server["url"] + site.account.path, json=site.account.hook(), headers=headers)

    assert created.status_code == 201
    assert created.headers["location"] == f"{site.url}{site.account.path}/{created.json()['id']}"
    assert httpx.get(created.headers["location"], headers=headers).json()["id"] == created.json()["id"]


def test_the_demo_prints_urls_that_clients_can_use(site: Site) -> None:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while "curl" not in (printed := site.output.read_text("utf-8")):
        assert time.monotonic() < deadline, "nothing was printed"
        time.sleep(0.02)

    assert f"{site.url}/docs\n" in printed
    assert f"curl -i '{site.url}/accounts/" in printed
