"""The changes of how requests of an operation are sent: sizes, tokens, and how parameters are written."""

from collections.abc import Iterator
from typing import Any

from diff.changes import Change, Contract, Witness
from diff.messages import Key, Operation
from diff.places import pointer
from diff.witness import any_message

NO_LONGER_VALID = "was valid, and is no longer part of the contract"
_SERIALIZED = ("style", "explode", "allowReserved")


def sending_changes(old: Contract, new: Contract, before: Operation, after: Operation) -> Iterator[Change]:
    """Yield the changes of an operation that no schema tells."""
    yield from _sizes(old, new, before, after)
    yield from _tokens(old, new, before, after)
    yield from _serialization(old, before, after)


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


def _tokens(old: Contract, new: Contract, before: Operation, after: Operation) -> Iterator[Change]:
    """Yield a change of how a request proves who sent it."""
    was, now = (_schemes(each, operation) for each, operation in ((old, before), (new, after)))
    if was == now:
        return
    gone = [each for each in was if each not in now]
    where = pointer((*after.place, "security"))
    what = f"is secured by {now or 'nothing'}, was {was or 'nothing'}"
    if not gone or {} in now:
        yield Change("additive", "request", where, what, (), (after.name,))
        return
    message = {**valid_request(old, before), "security": gone[0]}
    yield Change(
        "breaking",
        "request",
        where,
        what,
        (),
        (after.name,),
        Witness(NO_LONGER_VALID, message, first_request(old, before)),
    )


def _schemes(contract: Contract, operation: Operation) -> list[Any]:
    """Return what may be sent to be let in, each by the form of its schemes."""
    known = contract.document.get("components", {}).get("securitySchemes", {})
    asked = operation.node.get("security", contract.document.get("security", [])) or [{}]
    form = ("type", "scheme", "in", "name", "flows", "openIdConnectUrl")
    return [
        {name: [{each: known[name].get(each) for each in form}, scopes] for name, scopes in each.items()}
        for each in asked
    ]


def _serialization(old: Contract, before: Operation, after: Operation) -> Iterator[Change]:
    """Yield parameters that are written in another way."""
    now = {(node["in"], node["name"]): (node, path) for node, path in after.parameters}
    for node, _ in before.parameters:
        other, path = now.get((node["in"], node["name"]), (node, ()))
        for keyword in (each for each in _SERIALIZED if node.get(each) != other.get(each)):
            what = f"is written with {keyword} {other.get(keyword)}, was {node.get(keyword)}"
            shown = Witness(
                "is written in another way now", valid_request(old, before), first_request(old, before)
            )
            field = f"{node['in']} parameter {node['name']}"
            where = pointer((*path, keyword))
            yield Change("breaking", "request", where, what, (field,), (after.name,), shown)
