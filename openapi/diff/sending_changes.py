"""The changes of how requests of an operation are sent: sizes, and how parameters are written."""

from collections.abc import Iterator
from typing import Any

from diff.changes import Change, Contract, Witness
from diff.messages import Key, Operation
from diff.places import Node, pointer
from diff.witness import any_message

NO_LONGER_VALID = "was valid, and is no longer part of the contract"
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
"""How parameters are written where nothing is said (OpenAPI 3.0.3, Parameter Object)."""
_ALIKE = {"form", "simple"}
"""Styles that write one value the same, exploded or not."""


def sending_changes(old: Contract, new: Contract, before: Operation, after: Operation) -> Iterator[Change]:
    """Yield the changes of an operation that no schema tells."""
    yield from _sizes(old, new, before, after)
    yield from _serialization(old, new, before, after)


def first_request(contract: Contract, operation: Operation) -> Key:
    """Return the key of an operation's first request."""
    return next(key for key in contract.of_operation(operation) if not key.status)


def valid_request(contract: Contract, operation: Operation) -> dict[str, Any]:
    """Return a valid request of an operation; an empty one if none was found."""
    found = any_message(contract.messages[first_request(contract, operation)])
    message: dict[str, Any] = found or {"path": {}, "query": {}, "headers": {}}
    return message


def _sizes(old: Contract, new: Contract, before: Operation, after: Operation) -> Iterator[Change]:
    """Yield a change of how many bytes a body may have, by ``x-max-bytes``."""
    place = (*after.place, "requestBody")
    (was, _), (now, path) = (
        each.composer.follow(operation.node.get("requestBody", {}), place)
        for each, operation in ((old, before), (new, after))
    )
    least, most = was.get("x-max-bytes"), now.get("x-max-bytes")
    if least == most or not was or not now:
        return
    what = f"has at most {most} bytes, was {least}"
    where = pointer((*path, "x-max-bytes"))
    if most is None or (least is not None and most > least):
        yield Change("additive", "request", where, what, ("body",), (after.name,))
        return
    message = {**valid_request(old, before), "spacesAfterBody": most}
    shown = Witness("was valid, and is too large now", message, first_request(old, before))
    yield Change("breaking", "request", where, what, ("body",), (after.name,), shown)


def _serialization(old: Contract, new: Contract, before: Operation, after: Operation) -> Iterator[Change]:
    """Yield parameters that are written in another way."""
    now = {(node["in"], node["name"]): (node, path) for node, path in after.parameters}
    for node, _ in before.parameters:
        other, path = now.get((node["in"], node["name"]), (node, ()))
        was, is_now = _form(old, node), _form(new, other)
        for keyword in (each for each in was if was[each] != is_now[each]):
            what = f"is written with {keyword} {is_now[keyword]}, was {was[keyword]}"
            shown = Witness(
                "is written in another way now", valid_request(old, before), first_request(old, before)
            )
            field = f"{node['in']} parameter {node['name']}"
            where = pointer((*path, keyword))
            yield Change("breaking", "request", where, what, (field,), (after.name,), shown)


def _form(contract: Contract, parameter: Node) -> dict[str, Any]:
    """Return the keywords by which a parameter is written, with what they are where they are left out."""
    style = parameter.get("style", _STYLES[parameter["in"]])
    schema, _ = contract.composer.follow(parameter.get("schema", {}), ())
    one_value = schema.get("type") not in {None, "array", "object"}
    explode = None if one_value and style in _ALIKE else parameter.get("explode", style == "form")
    reserved = parameter.get("allowReserved", False)
    return {"style": style, "explode": explode, "allowReserved": reserved}
