"""The contract as far as a level reaches: what a server is asked for, and what its responses are held to."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from execution_hooks_conformance.bundled import read_trace
from execution_hooks_conformance.level_schemas import demanded_of_requests, of_responses, sendable
from execution_hooks_conformance.levels import Level, level_of
from execution_hooks_conformance.oracle.references import resolved
from execution_hooks_conformance.page_schemas import as_on_the_page

Node = dict[str, Any]
METHODS = ("post", "get", "put", "delete")


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Node]]:
    """Yield each operation of a contract: its path, its method, and itself."""
    for path, item in document["paths"].items():
        yield from ((path, method, item[method]) for method in METHODS if method in item)


def at_level(document: Mapping[str, Any], level: Level, offered: Collection[str] | None = None) -> Node:
    """Return the contract as a level has it, of the operations that are named by their ids; None is all.

    At the level full only operations are left out. Below it, parameters and
    headers that belong to a higher level are left out, and responses may have members that it lacks.
    ``x-demanded`` in the body of a request has the parts of its schema that lower levels demand.
    """
    kept = {
        operation["operationId"]
        for _, _, operation in operations(document)
        if level.includes(level_of(operation)) and (offered is None or operation["operationId"] in offered)
    }
    narrowed = {**document, "paths": _paths(document["paths"], kept), "components": _linked(document, kept)}
    return _relaxed(narrowed, level)


def _paths(paths: Mapping[str, Node], kept: set[str]) -> Node:
    left = {
        path: {
            name: part for name, part in item.items() if name not in METHODS or part["operationId"] in kept
        }
        for path, item in paths.items()
    }
    return {path: item for path, item in left.items() if any(method in item for method in METHODS)}


def _linked(document: Mapping[str, Any], kept: set[str]) -> Node:
    """Return the components without links that lead to an operation that is left out."""
    components: Node = document["components"]
    links = {name: link for name, link in components.get("links", {}).items() if link["operationId"] in kept}
    responses = {
        name: {**response, "links": _known(response["links"], links)} if "links" in response else response
        for name, response in components["responses"].items()
    }
    return {**components, "links": links, "responses": responses}


def _known(named: Mapping[str, Node], links: Mapping[str, Node]) -> Node:
    return {name: link for name, link in named.items() if link["$ref"].rpartition("/")[2] in links}


def _relaxed(document: Node, level: Level) -> Node:
    schemas = document["components"]["schemas"]
    components = document["components"]
    named = {each.rpartition("/")[2] for each in _references(document["paths"])}
    bodies = {
        name: _body(body, schemas, level)
        for name, body in components["requestBodies"].items()
        if name in named
    }
    if level is Level.FULL:
        components = {**components, "requestBodies": bodies}
        return {**document, "components": components}
    responses = {
        name: _response(each, document, level)
        for name, each in components["responses"].items()
        if name in named
    }
    return {
        **document,
        "paths": {path: _item(item, document, level) for path, item in document["paths"].items()},
        "components": {**components, "requestBodies": bodies, "responses": responses},
    }


def _references(node: Any) -> Iterator[str]:  # noqa: ANN401 any JSON value
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield node["$ref"]
        node = [*node.values()]
    if isinstance(node, list):
        for each in node:
            yield from _references(each)


def _item(item: Node, document: Node, level: Level) -> Node:
    """Return a path without the parameters that belong to a higher level."""
    changed = dict(item)
    for place in [item, *(item[method] for method in METHODS if method in item)]:
        parameters = [each for each in place.get("parameters", ()) if _belongs(each, document, level)]
        if place is item:
            changed["parameters"] = parameters
        else:
            [method] = [name for name in METHODS if item.get(name) is place]
            changed[method] = {**place, "parameters": parameters}
    return changed


def _belongs(node: Node, document: Node, level: Level) -> bool:
    return level.includes(level_of(resolved(node, document)))


def _body(body: Node, schemas: Node, level: Level) -> Node:
    content = body["content"]
    if level is Level.PAGE and "application/json" in content:  # the page names no media type
        content = {"application/json": content["application/json"]}
    [schema, *_] = [each["schema"] for each in content.values()]
    if level is Level.PAGE:
        content = _with_schemas(content, lambda each: sendable(each, schemas))
    return {**body, "content": content, "x-demanded": _demanded(schema, schemas)}


def _demanded(schema: Node, schemas: Node) -> Node:
    lower = {Level.PAGE: as_on_the_page(schemas, read_trace()), Level.VENDOR: schemas}
    return {level.value: demanded_of_requests(schema, known, level) for level, known in lower.items()}


def _response(response: Node, document: Node, level: Level) -> Node:
    schemas = document["components"]["schemas"]
    if level is Level.PAGE:
        schemas = as_on_the_page(schemas, read_trace())
    changed = dict(response)
    if "headers" in response:
        headers = response["headers"].items()
        changed["headers"] = {name: each for name, each in headers if _belongs(each, document, level)}
    if "content" in response:
        relaxed = _with_schemas(response["content"], lambda each: of_responses(each, schemas, level))
        changed["content"] = relaxed
    return changed


def _with_schemas(content: Node, change: Callable[[Node], Node]) -> Node:
    """Return media types with other schemas, and without the examples of these."""
    return {name: {"schema": change(each["schema"])} for name, each in content.items()}
