"""The operations of the contract that commands are made of, one for each verb of a collection."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from execution_hooks.contract.bundled import bundled_document, resolve

_VERBS = {
    ("get", ""): "list",
    ("get", "one"): "get",
    ("post", ""): "create",
    ("put", "one"): "update",
    ("delete", "one"): "delete",
}


@dataclass(frozen=True)
class Operation:
    """An operation: its method, path, listed success, and the members of its body with their schemas.

    ``summary`` is the contract's. Every ``$ref`` of a member's schema itself is followed.
    """

    operation_id: str
    summary: str
    method: str
    template: str
    success: int
    members: Mapping[str, Mapping[str, Any]] = field(repr=False)


def operations_of(collection: str) -> dict[str, Operation]:
    """Return the operations of an account's collection by their verbs."""
    document = bundled_document()
    path = re.compile(rf"/accounts/{{account_id}}/[^{{}}]*\b{collection}(?P<one>/{{\w+}})?")
    found: dict[str, Operation] = {}
    for template, item in document["paths"].items():
        match = path.fullmatch(template)
        for method in item if match else ():
            if verb := _VERBS.get((method, "one" if match and match["one"] else "")):
                found[verb] = _operation(document, template, method, item[method])
    return found


def remedies() -> dict[str, str]:
    """Return what to do about each problem of the contract, by its name."""
    problems = bundled_document()["components"]["x-problems"]
    return {name: problem["remedy"] for name, problem in problems.items()}


def _operation(document: dict[str, Any], template: str, method: str, spec: Mapping[str, Any]) -> Operation:
    return Operation(
        operation_id=spec["operationId"],
        summary=spec["summary"],
        method=method,
        template=template,
        success=next(int(status) for status in spec["responses"] if status < "300"),
        members=dict(_members(document, spec)),
    )


def _members(document: dict[str, Any], spec: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    content = resolve(document, spec.get("requestBody", {})).get("content", {})
    for media in content.values():
        for name, member in resolve(document, media["schema"])["properties"].items():
            schema = resolve(document, member)
            items = {"items": resolve(document, schema["items"])} if "items" in schema else {}
            yield name, {**schema, **items}
        return
