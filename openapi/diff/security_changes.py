"""The changes of how requests of an operation prove who sent them."""

from collections.abc import Iterator

from diff.changes import Change, Contract, Witness
from diff.messages import Operation
from diff.places import Node, pointer
from diff.sending_changes import NO_LONGER_VALID, first_request, valid_request

_FORM = ("type", "scheme", "in", "name", "flows", "openIdConnectUrl")
"""What a client must know to send the token or key of a scheme. What a scheme is called is in no request."""
_Way = list[tuple[Node, list[str]]]
"""What lets a request in when all of it is sent: the form of each scheme, with its scopes."""


def security_changes(old: Contract, new: Contract, before: Operation, after: Operation) -> Iterator[Change]:
    """Yield the change of an operation's ``security``, if requests with a token can tell it."""
    was, now = (_ways(each, operation) for each, operation in ((old, before), (new, after)))
    if was == now:
        return
    gone = [each for each in was if each not in now]
    where = pointer((*after.place, "security"))
    what = f"asks for {_listed(now)}, asked for {_listed(was)}"
    if not gone or [] in now:
        yield Change("additive", "request", where, what, (), (after.name,))
        return
    message = {**valid_request(old, before), "credentials": _said(gone[0])}
    shown = Witness(NO_LONGER_VALID, message, first_request(old, before))
    yield Change("breaking", "request", where, what, (), (after.name,), shown)


def _ways(contract: Contract, operation: Operation) -> list[_Way]:
    known = contract.document.get("components", {}).get("securitySchemes", {})
    asked = operation.node.get("security", contract.document.get("security", [])) or [{}]
    return [sorted(((_form(known[name]), scopes) for name, scopes in way.items()), key=str) for way in asked]


def _form(scheme: Node) -> Node:
    return {name: scheme[name] for name in _FORM if name in scheme}


def _listed(ways: list[_Way]) -> str:
    return " or ".join(map(_said, ways))


def _said(way: _Way) -> str:
    return " and ".join(_scheme(*each) for each in way) or "nothing"


def _scheme(form: Node, scopes: list[str]) -> str:
    kind = str(form["type"])
    names = {"http": f"HTTP {form.get('scheme')}", "apiKey": f"the {form.get('in')} {form.get('name')}"}
    said = names.get(kind, kind)
    return f"{said} for {', '.join(scopes)}" if scopes else said
