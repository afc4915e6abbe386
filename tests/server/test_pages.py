"""The pages beside the API."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
import yaml

from harness import problems
from harness.problems import assert_problem
from harness.processes import Server

CONTRACT = Path(__file__).parents[2] / "openapi" / "openapi.yaml"
PAGES = ["/", "/docs", "/openapi.yaml", "/openapi.json", "/docs/reference.js", "/docs/swagger-ui-bundle.js"]


def test_the_contract_is_served_as_written_and_as_json(server: Server) -> None:
    written = httpx.get(f"{server.url}/openapi.yaml")
    as_json = httpx.get(f"{server.url}/openapi.json")

    assert written.text == CONTRACT.read_text("utf-8")
    assert written.headers["content-type"].startswith("application/yaml")
    assert json.loads(as_json.text) == yaml.safe_load(written.text)


def test_the_front_page_links_to_the_reference_and_the_contract(server: Server) -> None:
    links = set(re.findall(r'href="([^"]*)"', httpx.get(server.url).text))

    assert {"docs", "openapi.yaml", "openapi.json"} <= links
    assert all(httpx.get(urljoin(f"{server.url}/", link)).status_code == 200 for link in links)


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_no_page_needs_another_host(server: Server, path: str) -> None:
    page = httpx.get(server.url + path)

    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert sources
    assert not [source for source in sources if ":" in source or source.startswith("/")]
    assert all(httpx.get(urljoin(server.url + path, source)).status_code == 200 for source in sources)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "http" not in page.headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_can_be_read_only(server: Server, path: str) -> None:
    head = httpx.head(server.url + path)
    response = httpx.post(server.url + path, json={})

    assert (head.status_code, head.content) == (200, b"")
    assert_problem(response, 405, problems.NO_METHOD)
    assert response.headers["allow"] == "GET, HEAD"
