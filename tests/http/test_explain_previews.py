"""The endpoint behind the page /explain: what it responds, and what it refuses."""

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from starlette.types import Message

from execution_hooks.http.previews import MOST_BYTES, PATH, Previews
from execution_hooks.http.scheduling import Scheduling
from execution_hooks.kubernetes.pasted import preview_pasted
from execution_hooks.problems.problem import ProblemError
from harness.clear_text import NO_TRUST
from harness.demo import Demo
from harness.manifests import EXPORTER, POSTGRES, SCRIPT, Node, application, hook, pod, written
from harness.processes import Server

OWN = {"Sec-Fetch-Site": "same-origin"}
GIVEN = written(application(), hook(("containerImage", "postgres")), pod("db-0", POSTGRES, EXPORTER))


def _asked(**body: Any) -> Node:  # noqa: ANN401 any JSON value
    found: Node = json.loads(preview_pasted(json.dumps(body).encode()))
    return found


def _post(demo: Demo, headers: dict[str, str], content: bytes = b"{}") -> httpx.Response:
    return httpx.post(demo.url + PATH, headers=headers, content=content, verify=NO_TRUST)


def test_a_hook_of_the_text_is_previewed_with_the_sidecar_that_it_would_catch() -> None:
    found = _asked(manifests=GIVEN, hook="shop/freeze")

    assert (found["hooks"], found["hits"], found["counted"]) == (["shop/freeze"], 2, 2)
    assert [each["hit"] for each in found["containers"]] == [True, True]
    assert found["warnings"][0].startswith(
        "without an anchor, 'postgres' fits postgres and metrics of the pod"
    )
    assert SCRIPT not in json.dumps(found)


def test_typed_criteria_are_tried_on_all_pods() -> None:
    pods = written(pod("db-0", POSTGRES, EXPORTER), pod("web-0", namespace="web"))

    found = _asked(manifests=pods, hook=None, criteria=[{"type": "containerName", "value": "^postgres$"}])

    assert (found["hits"], found["counted"], found["warnings"]) == (2, 3, [])
    assert found["criteria"] == [{"type": "containerName", "value": "^postgres$", "hits": 2}]


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        (b"x", "this is not JSON: "),
        (b"[]", "the document must be an object"),
        (b'{"manifests": 5}', "manifests must be a string"),
        (b'{"manifests": "hello"}', "the text: document 1, the document is no manifest"),
        (b'{"manifests": "kind: [", "criteria": []}', "the text: document 1, kind[0]: this is not YAML"),
        (b'{"criteria": [{"type": "image", "value": "a"}]}', 'criteria[0].type must be "containerImage" or'),
        (
            b'{"criteria": [{"type": "podName", "value": "("}]}',
            "matchingCriteria[0].value is not an RE2 pattern",
        ),
        (
            b'{"criteria": [{"type": "podName", "value": "a{900}b{900}c{900}"}]}',
            "matchingCriteria[0].value is too costly",
        ),
    ],
)
def test_what_is_wrong_is_told_in_lines(payload: bytes, error: str) -> None:
    [line] = json.loads(preview_pasted(payload))["errors"]

    assert line.startswith(error)


def test_the_page_is_served_by_the_demo_and_not_by_other_servers(demo: Demo, server: Server) -> None:
    with httpx.Client(verify=NO_TRUST) as http:
        pages = [http.get(each.url + "/explain").status_code for each in (demo, server)]
        links = ["explain" in http.get(each.url + "/").text for each in (demo, server)]
        endpoint = http.post(server.url + PATH, headers=OWN, content=b"{}").status_code

    assert pages == [200, 404]
    assert links == [True, False]
    assert endpoint in {401, 404}


def test_it_responds_to_its_own_page_alone(demo: Demo) -> None:
    host = demo.url.partition("://")[2]
    own = ({"Sec-Fetch-Site": "same-origin"}, {"Origin": f"http://{host}"})
    others: tuple[dict[str, str], ...] = (
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": f"http://{host}"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
    )

    assert [_post(demo, headers).status_code for headers in own] == [200, 200]
    assert [_post(demo, headers).status_code for headers in others] == [403] * len(others)


def test_its_response_is_kept_nowhere_and_is_no_page(demo: Demo) -> None:
    response = _post(demo, OWN, json.dumps({"manifests": GIVEN}).encode())

    assert response.json()["counted"] == 2
    assert (response.headers["Content-Type"], response.headers["Cache-Control"]) == (
        "application/json",
        "no-store",
    )
    assert httpx.get(demo.url + PATH, verify=NO_TRUST).status_code == 405


def test_a_body_is_bounded(demo: Demo) -> None:
    fits = json.dumps({"manifests": "#" * (MOST_BYTES - 20)}).encode()

    assert _post(demo, OWN, fits).status_code == 200
    assert _post(demo, OWN, b"x" * (MOST_BYTES + 1)).status_code == 413


async def _ask(previews: Previews) -> int:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"{}"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"sec-fetch-site", b"same-origin")]
    await previews({"type": "http", "method": "POST", "path": PATH, "headers": headers}, receive, send)
    return int(sent[0]["status"])


def test_one_is_matched_at_a_time_and_the_loop_goes_on_meanwhile() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def preview(_body: bytes) -> bytes:
        begun.set()
        assert go_on.wait(10)
        return b"{}"

    async def run() -> None:
        with ThreadPoolExecutor(2) as executor:
            previews = Previews(preview=preview, scheduling=Scheduling(executor))
            first = asyncio.create_task(_ask(previews))
            await asyncio.to_thread(begun.wait, 10)
            with pytest.raises(ProblemError) as refused:
                await _ask(previews)
            go_on.set()
            assert await first == 200
            assert await _ask(previews) == 200
        assert refused.value.problem.status == 503

    asyncio.run(run())
