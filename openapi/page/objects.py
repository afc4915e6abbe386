"""The parts of the contract that are on the documented page: the operation, its bodies, their objects."""

from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

Node = dict[str, Any]

METADATA = "type_astra_metadata_update"
"""What the page calls the object of metadata."""
_OPERATION_ID = "createExecutionHook"
_NAMES = {
    "MatchingCriterion": "matchingCriteria",
    "NewMatchingCriterion": "matchingCriteria",
    "Label": "type_astra_label",
    "NewLabel": "type_astra_label",
    "PodLabel": "type_k8s_label",
    "MatchingContainer": "matchingContainers",
    "NewMetadata": METADATA,
    "Metadata": METADATA,
    "InvalidField": "invalidFields",
    "InvalidParam": "invalidParams",
}
"""What the page calls an object, by the name of the contract's schema."""
_DEFINED_FOR_EACH_DIRECTION = {"matchingCriteria"}


class PageObject(NamedTuple):
    """An object of the page: the first part of its facts' ids, and its schema in the contract."""

    id: str
    direction: str
    schema: Node


class Operation(NamedTuple):
    """The documented operation, with its method and path."""

    method: str
    path: str
    item: Node

    @property
    def parameters(self) -> list[Node]:
        """The parameters of the path and of the operation."""
        return [*self.item.get("parameters", []), *self.item[self.method].get("parameters", [])]


def operation(document: Node) -> Operation:
    """Find the documented operation by its operationId. Raises LookupError if there is none."""
    for path, item in document["paths"].items():
        for method, each in item.items():
            if isinstance(each, dict) and each.get("operationId") == _OPERATION_ID:
                return Operation(method, path, item)
    raise LookupError(f"no operation {_OPERATION_ID}")


def referred(document: Node, node: Node) -> Node:
    """Follow a node's reference, if it is one."""
    while "$ref" in node:
        target: Node = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def resolved(document: Node, node: Node) -> Node:
    """Follow a node's reference, if it is one; an ``allOf`` of one reference is written out."""
    node = referred(document, node)
    if "allOf" in node:
        [reference] = node["allOf"]
        own = {keyword: value for keyword, value in node.items() if keyword != "allOf"}
        return {**resolved(document, reference), **own}
    return node


def known_values(document: Node, node: Node) -> Node:
    """Return the schema of a value; of an open enumeration, the one of the values that are known (D-108)."""
    schema = resolved(document, node)
    return resolved(document, schema["anyOf"][0]) if "anyOf" in schema else schema


def is_of_page(node: Node) -> bool:
    """Return whether a part of the contract is on the page; ``x-source`` names the source of the rest."""
    return str(node.get("x-source", "page")) == "page"


def bodies(document: Node) -> Iterator[tuple[str, Node]]:
    """Yield ``request`` and ``response.STATUS`` of what is on the page, with each of their media types."""
    of_page = operation(document)
    yield from (("request", media) for media in _media(document, of_page.item[of_page.method]["requestBody"]))
    for status, response in documented_responses(document).items():
        yield from ((f"response.{status}", media) for media in _media(document, response))


def documented_responses(document: Node) -> Node:
    """Return the operation's responses by status, without those that are marked as not on the page."""
    of_page = operation(document)
    responses: Node = of_page.item[of_page.method]["responses"]
    return {
        status: response for status, response in responses.items() if is_of_page(resolved(document, response))
    }


def page_objects(document: Node) -> list[PageObject]:
    """Return the objects of the page: its bodies, and all that they are made of."""
    found: dict[tuple[str, str, int], PageObject] = {}
    waiting = deque[PageObject]()
    for body, media in bodies(document):
        direction = body.partition(".")[0]
        name = "hook" if body.startswith(("request", "response.2")) else "problem"
        waiting.append(PageObject(f"{body}.{name}", direction, resolved(document, media["schema"])))
    while waiting:
        owner = waiting.popleft()
        if found.setdefault((owner.id, owner.direction, id(owner.schema)), owner) is not owner:
            continue
        for node in owner.schema.get("properties", {}).values():
            if name := object_name(document, node):
                kind = owner.direction if name in _DEFINED_FOR_EACH_DIRECTION else "definition"
                schema = resolved(document, resolved(document, node).get("items", node))
                waiting.append(PageObject(f"{kind}.{name}", owner.direction, schema))
    return list(found.values())


def object_name(document: Node, node: Node) -> str:
    """Return what the page calls an object, or the objects of an array; nothing for other values."""
    target = resolved(document, node)
    reference = target.get("items", {}) if target.get("type") == "array" else node
    is_object = resolved(document, reference).get("type") == "object"
    schema = reference.get("$ref", "").rpartition("/")[2]
    return _NAMES.get(schema, schema) if is_object else ""


def _media(document: Node, body: Node) -> list[Node]:
    return list(resolved(document, body)["content"].values())
