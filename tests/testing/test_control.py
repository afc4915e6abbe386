"""``serve --control``: where it is, who may use it, and what a server without it is spared."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import httpx
import openapi_spec_validator
import pytest
from connexion.middleware import ConnexionMiddleware

from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.problems.problem import ProblemError
from execution_hooks.store.database import Database
from execution_hooks.testing.control.access import Access
from execution_hooks.testing.control.address import Address
from execution_hooks.testing.control.contract import ControlContract
from execution_hooks.testing.control.injection import InjectedFaults
from execution_hooks.testing.control.layer import ControlLayer
from execution_hooks.testing.control.parts import Control
from execution_hooks.testing.control.reset_point import ResetPoint
from execution_hooks.testing.served import Served
from harness.clear_text import NO_TRUST
from harness.commands import refused, runner
from harness.controlled import Send
from harness.forking import ForkServer


def test_its_contract_is_valid(bundled: Contract) -> None:
    openapi_spec_validator.validate(ControlContract(bundled).document)


def test_all_that_its_contract_adds_is_described_and_shown(bundled: Contract) -> None:
    api, own = bundled.document, ControlContract(bundled).document
    added = {name: own["components"]["schemas"][name] for name in _schemas(own) - _schemas(api)}
    operations = [each for path in own["paths"].values() for each in path.values()]
    members = [each for schema in added.values() for each in schema.get("properties", {}).values()]

    assert len(added) >= 15
    assert all({"summary", "description"} <= each.keys() for each in operations)
    assert all("description" in each for each in added.values())
    assert [
        each for each in members if "$ref" not in each and not {"description", "example"} <= each.keys()
    ] == []


def test_without_it_no_layer_of_a_server_is_about_it(bundled: Contract, database: Database) -> None:
    control = Control(1, Access("127.0.0.1", "token"), ResetPoint(database))
    with_it = create_app(bundled, database, Options(control=control, now=control.clock.now))

    usual, more = _layers(create_app(bundled, database)), _layers(with_it)

    assert [each for each in more if each not in usual] == [ControlLayer, InjectedFaults]
    assert [each for each in more if each in usual] == usual


def test_it_is_not_on_the_port_of_the_api_nor_the_api_on_its_port(served: Served, send: Send) -> None:
    bearer = {"Authorization": f"Bearer {served.control_token}"}

    assert httpx.get(f"{served.url}/clock", headers=bearer, verify=NO_TRUST).status_code == 404
    assert send("GET", "/readyz").status_code == 404
    assert send("GET", f"/accounts/{served.account_id}/k8s/v2/apps").status_code == 404


def test_it_has_a_token_of_its_own(served: Served, send: Send) -> None:
    for other in ("", "Bearer", f"Bearer {served.token}", f"Basic {served.control_token}"):
        response = send("POST", "/reset", {"Authorization": other})
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    url = f"{served.url}/accounts/{served.account_id}/k8s/v2/apps"
    assert (
        httpx.get(
            url, headers={"Authorization": f"Bearer {served.control_token}"}, verify=NO_TRUST
        ).status_code
        == 401
    )


@pytest.mark.parametrize("origin", ["http://127.0.0.1", "null", ""])
def test_a_web_page_cannot_use_it(send: Send, origin: str) -> None:
    for method, path in (("GET", "/state"), ("POST", "/reset"), ("OPTIONS", "/reset")):
        response = send(method, path, {"Origin": origin})
        assert (response.status_code, response.json()["title"]) == (403, "Forbidden")
        assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(
    ("listens", "host", "admitted"),
    [
        ("127.0.0.1", "127.0.0.1:9090", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "[::1]:9090", True),
        ("127.0.0.1", "evil.example:9090", False),
        ("127.0.0.1", "127.0.0.1.evil.example", False),
        ("127.0.0.1", "192.0.2.1", False),
        ("localhost", "192.0.2.1", False),
        ("0.0.0.0", "192.0.2.1:9090", True),  # noqa: S104 that is what is tested
        ("0.0.0.0", "evil.example", False),  # noqa: S104
        ("hooks.test", "HOOKS.test:19090", True),
        ("hooks.test", "evil.example", False),
    ],
)
def test_a_name_that_was_led_here_is_refused(listens: str, host: str, *, admitted: bool) -> None:
    headers = {"host": [host], "authorization": ["Bearer right"]}
    refusal = nullcontext() if admitted else pytest.raises(ProblemError, match="The Host is not that")

    with refusal:
        Access(listens, "right").check(headers)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("0", ("127.0.0.1", 0)),
        ("0.0.0.0:9090", ("0.0.0.0", 9090)),  # noqa: S104
        ("[::1]:80", ("::1", 80)),
        ("hooks.test:80", ("hooks.test", 80)),
    ],
)
def test_it_is_for_this_machine_alone_unless_another_address_is_given(
    text: str, address: tuple[str, int]
) -> None:
    assert Address.read(text) == address


@pytest.mark.parametrize(
    "text", ["", ":", "x", "x:", "::1:80", "127.0.0.1:65536", "http://x:1", "x:-1", " x:1"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be HOST:PORT"):
        Address.read(text)


def test_an_address_that_is_none_is_refused_at_start(forks: ForkServer, tmp_path: Path) -> None:
    done = runner(forks, tmp_path)("serve", "--port", "0", "--control", "nowhere")

    assert done.returncode == 2
    assert "EXECUTION_HOOKS_CONTROL: Value error, must be HOST:PORT" in refused(done)


def test_a_port_that_is_taken_is_refused_at_start(forks: ForkServer, tmp_path: Path, served: Served) -> None:
    port = served.control_url.rpartition(":")[2]
    done = runner(forks, tmp_path)("serve", "--port", "0", "--control", port)

    assert done.returncode == 3
    assert refused(done).endswith(f"port {port}: Address already in use; choose another by --control")


@pytest.mark.parametrize(
    ("request_", "status", "named"),
    [
        (
            {
                "method": "POST",
                "path": "/faults",
                "content": b"{",
                "headers": {"Content-Type": "application/json"},
            },
            400,
            [],
        ),
        (
            {
                "method": "POST",
                "path": "/faults",
                "content": b"{}",
                "headers": {"Content-Type": "text/plain"},
            },
            415,
            [],
        ),
        ({"method": "POST", "path": "/faults", "json": {}}, 400, ["/operation", "/fault"]),
        (
            {"method": "POST", "path": "/faults", "json": {"operation": "x", "fault": 503, "more": 1}},
            400,
            ["/operation", "/fault", "/more"],
        ),
        ({"method": "PUT", "path": "/clock", "json": {}}, 400, [""]),
        ({"method": "PUT", "path": "/clock", "json": {"now": "yesterday"}}, 400, ["/now"]),
        ({"method": "PUT", "path": "/clock", "json": {"now": "2026-01-01T00:00:00"}}, 400, ["/now"]),
        ({"method": "PUT", "path": "/clock", "json": {"now": "1969-12-31T23:59:59Z"}}, 400, ["/now"]),
        ({"method": "PUT", "path": "/clock", "json": {"advanceSeconds": 1e300}}, 400, ["/advanceSeconds"]),
        ({"method": "PUT", "path": "/clock", "json": {"advanceSeconds": -1e10}}, 400, ["/advanceSeconds"]),
        (
            {
                "method": "PUT",
                "path": "/clock",
                "content": b'{"stopped": true, "stopped": false}',
                "headers": {"Content-Type": "application/json"},
            },
            400,
            ["/stopped"],
        ),
        ({"method": "GET", "path": "/clock?x=1"}, 400, []),
        ({"method": "PATCH", "path": "/clock"}, 405, []),
        ({"method": "GET", "path": "/clock/"}, 404, []),
        ({"method": "GET", "path": "/clock", "headers": {"Accept": "text/html"}}, 406, []),
        (
            {
                "method": "POST",
                "path": "/seed",
                "content": b"x" * 2_097_153,
                "headers": {"Content-Type": "application/yaml"},
            },
            413,
            [],
        ),
    ],
)
def test_a_bad_request_is_a_problem_that_names_every_violation(
    send: Send, request_: dict[str, Any], status: int, named: list[str]
) -> None:
    response = send(**request_)

    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [each["name"] for each in response.json().get("invalidFields", ())] == named


def _schemas(document: dict[str, Any]) -> set[str]:
    return {*document["components"]["schemas"]}


def _layers(app: object) -> list[object]:
    assert isinstance(app, ConnexionMiddleware)
    return [getattr(each, "func", each) for each in app.middlewares]
