"""The pages beside the API."""

import html
import json
import re
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
import yaml

from execution_hooks.contract.document import Contract
from harness import problems
from harness.clear_text import NO_TRUST
from harness.problems import assert_problem
from harness.processes import Server

get = partial(httpx.get, verify=NO_TRUST)
CONTRACT = Path(__file__).parents[2] / "openapi" / "openapi.yaml"
PAGES = ["/", "/docs", "/docs/page", "/problems", "/problems/10"]
FILES = ["/openapi.yaml", "/openapi.json", "/docs/openapi.json", "/docs/reference.js", "/docs/icon.svg"]


def test_the_contract_is_served_as_written_and_as_json(server: Server) -> None:
    written = get(f"{server.url}/openapi.yaml")
    as_json = get(f"{server.url}/openapi.json")

    assert written.text == CONTRACT.read_text("utf-8")
    assert written.headers["content-type"].startswith("application/yaml")
    assert json.loads(as_json.text) == yaml.load(written.text, Loader=yaml.CSafeLoader)


def test_the_front_page_links_to_the_reference_and_the_contract(server: Server) -> None:
    links = set(re.findall(r'href="([^"]*)"', get(server.url).text))

    assert {"docs", "problems", "openapi.yaml", "openapi.json"} <= links
    assert all(get(urljoin(f"{server.url}/", link)).status_code == 200 for link in links)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_another_host(server: Server, path: str) -> None:
    page = get(server.url + path)

    sources = set(re.findall(r'(?:src|href)="([^"]+)"', page.text))
    assert sources
    assert not [source for source in sources if ":" in source or source.startswith("/")]
    linked = {urljoin(server.url + path, source).partition("#")[0] for source in sources}
    assert {get(each).status_code for each in linked} == {200}
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "http" not in policy


def test_a_style_sheet_is_allowed_to_one_response_alone(server: Server) -> None:
    pages = [get(f"{server.url}/docs") for _ in range(2)]

    nonces = [re.findall(r'<meta property="csp-nonce" content="([^"]+)">', page.text) for page in pages]
    assert nonces[0] != nonces[1]
    for [nonce], page in zip(nonces, pages, strict=True):
        assert f"style-src 'self' 'nonce-{nonce}';" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"


def test_what_has_a_version_in_its_path_is_loaded_once(server: Server) -> None:
    [script] = re.findall(r'src="(docs/scalar-[0-9.]+[.]js)"', get(f"{server.url}/docs").text)

    assert "immutable" in httpx.head(f"{server.url}/{script}").headers["cache-control"]


def test_every_problem_has_a_page_that_says_what_to_do(server: Server, bundled: Contract) -> None:
    for name, problem in bundled.document["components"]["x-problems"].items():
        number = re.search(r"[0-9]+$", problem["type"])
        page = get(f"{server.url}/problems" + (f"/{number[0]}" if number else ""))

        assert page.status_code == 200
        text = html.unescape(re.sub(r"<[^>]+>", "", page.text))
        assert problem["title"] in text
        assert problem["detail"] in text
        assert problem["remedy"].replace("`", "") in text, name


def test_a_problem_page_links_to_the_operations_that_send_it(server: Server) -> None:
    page = get(f"{server.url}/problems/72").text

    assert 'href="../docs#tag/hook-sources/deleteHookSource"' in page
    assert "createExecutionHook" not in page


def test_a_number_that_no_problem_has_is_not_found(server: Server) -> None:
    assert get(f"{server.url}/problems/12").status_code == 404


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_pages_can_be_read_only(server: Server, path: str) -> None:
    head = httpx.head(server.url + path)
    response = httpx.post(server.url + path, json={})

    assert (head.status_code, head.content) == (200, b"")
    assert_problem(response, 405, problems.NO_METHOD)
    assert response.headers["allow"] == "GET, HEAD"
