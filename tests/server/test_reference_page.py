"""The reference page: what its form holds, and so sends, before a user has filled it in."""

import json
import os
import shutil
import subprocess
from typing import Any

import httpx
import pytest

from harness.processes import Server

Node = dict[str, Any]

# Stands in for Swagger UI, hands the contract on as that does, and prints what reaches its store.
_STAND_IN = """
const contract = JSON.parse(require("fs").readFileSync(0, "utf-8"));
globalThis.SwaggerUIBundle = ({ url, plugins }) => {
  const store = (shown) => console.log(JSON.stringify({ url, shown }));
  const wrapped = plugins.map((plugin) => plugin.statePlugins.spec.wrapActions.updateJsonSpec);
  wrapped.reduce((update, wrap) => wrap(update), store)(contract);
};
"""


@pytest.fixture(scope="module")
def loaded(server: Server) -> Node:
    """What the page's script has Swagger UI load: the URL of the contract, and the contract as shown."""
    node = shutil.which("node")
    if node is None and os.environ.get("CI") != "true":
        pytest.skip("the page's script needs Node to run")
    assert node is not None, "CI installs Node"
    script = httpx.get(f"{server.url}/docs/reference.js").text
    contract = httpx.get(f"{server.url}/openapi.json").content
    ran = subprocess.run([node, "-e", _STAND_IN + script], input=contract, capture_output=True, check=True)
    found: Node = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def written(server: Server) -> Node:
    """The contract as it is served."""
    document: Node = httpx.get(f"{server.url}/openapi.json").json()
    return document


def test_the_contract_is_looked_for_beside_the_page(loaded: Node) -> None:
    assert loaded["url"] == "openapi.json"


def test_optional_parameters_are_empty_until_they_are_filled_in(loaded: Node, written: Node) -> None:
    shown = loaded["shown"]["components"]["parameters"]
    optional = {
        name: parameter
        for name, parameter in written["components"]["parameters"].items()
        if not parameter["required"]
    }

    assert {"IdempotencyKey", "IfMatch", "IfNoneMatch", "Continue"} <= optional.keys()
    for name, parameter in optional.items():
        assert not {"example", "examples"} & shown[name].keys()
        assert not {"example", "default"} & shown[name]["schema"].keys()
        assert f"Example: `{parameter['example']}`" in shown[name]["description"]


def test_all_else_is_shown_as_it_is_written(loaded: Node, written: Node) -> None:
    assert _without_optional_parameters(loaded["shown"]) == _without_optional_parameters(written)


def _without_optional_parameters(document: Node) -> Node:
    components = document["components"]
    required = {name: each for name, each in components["parameters"].items() if each["required"]}
    return {**document, "components": {**components, "parameters": required}}


def test_every_optional_parameter_is_a_component(written: Node) -> None:
    for item in written["paths"].values():
        operations = [each for each in item.values() if isinstance(each, dict)]
        parameters = [
            *item.get("parameters", []),
            *(p for each in operations for p in each.get("parameters", [])),
        ]
        assert all("$ref" in parameter for parameter in parameters)
