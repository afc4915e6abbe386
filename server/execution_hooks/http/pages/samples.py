"""Samples of code for an operation, made from the contract's examples: for curl, and for Python."""

import json
import shlex
from collections.abc import Mapping
from pprint import pformat
from string import Template
from typing import Any

from execution_hooks.contract.bundled import resolve

Node = Mapping[str, Any]
_URL, _TOKEN = "EXECUTION_HOOKS_URL", "EXECUTION_HOOKS_TOKEN"
"""What samples take from the environment, by the names that ``serve --demo`` prints."""
_PYTHON = Template("""\
import os

import httpx

response = httpx.request(
    "$method",
    os.environ["$url"] + "$path",
    headers={"Authorization": f"Bearer {os.environ['$token']}"},$body
)
print(response.status_code, response.text)
""")


def samples(document: Node, path: str, method: str) -> list[dict[str, str]]:
    """Return the samples as ``x-codeSamples``. Ids are those of the contract's examples."""
    place = _place(document, path)
    body = _body(document, document["paths"][path][method])
    return [
        {"lang": "Shell", "label": "curl", "source": _curl(place, method, body)},
        {"lang": "Python", "label": "httpx", "source": _python(place, method, body)},
    ]


def _place(document: Node, path: str) -> str:
    """Return the path with the example of each of its parameters."""
    parameters = [resolve(document, each) for each in document["paths"][path].get("parameters", [])]
    return path.format_map({each["name"]: each["example"] for each in parameters})


def _body(document: Node, operation: Node) -> Any:  # noqa: ANN401 any JSON
    """Return the first example of the body in plain JSON; None where there is no body."""
    if "requestBody" not in operation:
        return None
    media = resolve(document, operation["requestBody"])["content"]["application/json"]
    return resolve(document, next(iter(media["examples"].values())))["value"]


def _curl(place: str, method: str, body: object) -> str:
    lines = [f'curl -i -X {method.upper()} "${_URL}{place}"', f'-H "Authorization: Bearer ${_TOKEN}"']
    if body is not None:
        lines += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(json.dumps(body, indent=2))}"]
    return " \\\n  ".join(lines)


def _python(place: str, method: str, body: object) -> str:
    written = (
        "" if body is None else "\n    json=" + _indented(pformat(body, sort_dicts=False, width=90)) + ","
    )
    return _PYTHON.substitute(method=method.upper(), path=place, url=_URL, token=_TOKEN, body=written)


def _indented(text: str) -> str:
    return text.replace("\n", "\n" + " " * 9)
