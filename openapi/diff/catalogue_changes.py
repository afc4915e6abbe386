"""The changes of problems: of the list of all (``x-problems``), and of what each response may be."""

from collections.abc import Iterator
from typing import Any

from diff.changes import Change, Contract, Witness
from diff.messages import Operation
from diff.places import Node, Path, pointer

_BRANCHED_ON = ("type", "status")
"""What clients tell problems by; titles and details are for people."""
_PLACE: Path = ("components", "x-problems")


def catalogue_changes(old: Contract, new: Contract) -> Iterator[Change]:
    """Yield the changes of problems."""
    was, now = (each.document.get("components", {}).get("x-problems", {}) for each in (old, new))
    for name, problem in was.items():
        if problem == now.get(name):
            continue
        hits = _possible_at(old, name)
        if name not in now:
            what = "is no longer listed; generated clients lose its class"
            shown = Witness("is the name of a class in generated clients, and is gone", {"name": name})
            yield Change(
                "breaking", "client", pointer((*_PLACE, name)), what, (f"problem {name}",), hits, shown
            )
        else:
            yield from _problem(name, problem, now[name], hits)
    for name in (each for each in now if each not in was):
        yield Change("additive", "response", pointer((*_PLACE, name)), "is new", (f"problem {name}",))
    yield from _responses(old, new)


def _problem(name: str, before: Node, after: Node, hits: tuple[str, ...]) -> Iterator[Change]:
    for keyword in _BRANCHED_ON:
        if before[keyword] != after[keyword]:
            what = f"has the {keyword} {after[keyword]}, was {before[keyword]}"
            yield _breaking(name, keyword, what, after, hits)
    lost, gained = (
        [each for each in one.get("members", ()) if each not in other.get("members", ())]
        for one, other in ((before, after), (after, before))
    )
    if lost:
        yield _breaking(name, "members", f"no longer has {', '.join(lost)}", after, hits)
    if gained:
        where = pointer((*_PLACE, name, "members"))
        what = f"has {', '.join(gained)} now"
        yield Change("additive", "response", where, what, (f"problem {name}",), hits)


def _breaking(name: str, keyword: str, what: str, after: Node, hits: tuple[str, ...]) -> Change:
    """Return a change of what clients tell the problem by, with the document that comes now."""
    document = {each: after[each] for each in ("type", "title", "detail", "status")}
    document |= {member: [] for member in after.get("members", ())}
    shown = Witness(
        "comes now, where another problem document came before", {"headers": {}, "body": document}
    )
    return Change(
        "breaking", "response", pointer((*_PLACE, name, keyword)), what, (f"problem {name}",), hits, shown
    )


def _responses(old: Contract, new: Contract) -> Iterator[Change]:
    """Yield what a response may be now, or no longer: clients meet problems that they do not know (D-108)."""
    for key, operation in new.operations.items():
        if key not in old.operations:
            continue
        was, now = _named(old, old.operations[key]), _named(new, operation)
        for status, names in now.items():
            before = was.get(status, [])
            for name in (each for each in names if each not in before and status in was):
                yield _of_response(new, operation, status, f"may be the problem {name} now")
            for name in (each for each in before if each not in names):
                yield _of_response(new, operation, status, f"is no longer the problem {name}")


def _of_response(contract: Contract, operation: Operation, status: str, what: str) -> Change:
    _, path = _response(contract, operation, status)
    return Change(
        "additive", "response", pointer((*path, "x-problems")), what, (f"status {status}",), (operation.name,)
    )


def _named(contract: Contract, operation: Operation) -> dict[str, list[Any]]:
    """Return the names of the problems that each status of an operation may be."""
    return {
        status: _response(contract, operation, status)[0].get("x-problems", [])
        for status in operation.node["responses"]
    }


def _response(contract: Contract, operation: Operation, status: str) -> tuple[Node, Path]:
    node = operation.node["responses"][status]
    return contract.composer.follow(node, (*operation.place, "responses", status))


def _possible_at(contract: Contract, name: str) -> tuple[str, ...]:
    """Return the operations that may end as a problem."""
    return tuple(
        sorted(
            operation.name
            for operation in contract.operations.values()
            if any(name in names for names in _named(contract, operation).values())
        )
    )
