"""The contract as the reference shows it: with badges, samples and links that are derived from it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from execution_hooks.contract.bundled import resolve
from execution_hooks.contract.document import METHODS
from execution_hooks.http.pages.problem_pages import page_of
from execution_hooks.http.pages.samples import samples

Node = dict[str, Any]
_BADGES = {
    "page": ("documented page", "#14683a"),
    "vendor": ("vendor", "#3d5a80"),
    "traffic": ("traffic", "#3d5a80"),
    "ours": ("ours", "#8a4b00"),
}
"""What is shown for an ``x-source``, and in which colour."""


def reference_document(contract: Mapping[str, Any], *, explained: bool = True) -> Node:
    """Return a copy of the contract with what its reader needs beside it.

    Each operation has a badge that says where it comes from, and samples that run. A response links to the
    pages of its problems, if they are ``explained``. Examples of parameters that may be left out are shown in
    words: in a form that is filled with them, a key would be sent a second time, and a condition would never
    hold.
    """
    document = deepcopy(dict(contract))
    for path, method, operation in operations(document):
        name, colour = _BADGES[operation.pop("x-source", "page")]
        operation["x-badges"] = [{"name": name, "color": colour}]
        operation["x-codeSamples"] = samples(contract, path, method)
    for response in document["components"]["responses"].values() if explained else ():
        response["description"] += _links(document, response.get("x-problems", []))
    for parameter in document["components"]["parameters"].values():
        _show_example(document, parameter)
    return document


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Node]]:
    """Yield the path, method and operation of each operation."""
    for path, item in document["paths"].items():
        yield from ((path, method, item[method]) for method in METHODS if method in item)


def _show_example(document: Node, parameter: Node) -> None:
    """Have a form filled with the example of a required parameter, not with that of its schema."""
    schema = dict(resolve(document, parameter["schema"]))
    schema.pop("example", None)
    if parameter["required"]:
        schema["example"] = parameter["example"]
    else:
        parameter["description"] += f"\nExample: `{parameter.pop('example')}`"
    parameter["schema"] = schema


def _links(document: Mapping[str, Any], names: list[str]) -> str:
    listed = document["components"]["x-problems"]
    links = [f"[{listed[name]['title']}]({page_of(name, listed[name])})" for name in names]
    return f"\n\nProblems: {', '.join(dict.fromkeys(links))}." if links else ""
