"""The changes of what an API offers: operations, their names, media types and statuses."""

from collections.abc import Iterator

from diff.changes import Change, Contract, Level, Witness
from diff.messages import Key, Operation
from diff.places import pointer
from diff.security_changes import security_changes
from diff.sending_changes import NO_LONGER_VALID, first_request, sending_changes, valid_request
from diff.witness import accepted_by_one_only, any_message

_UNKNOWN = "may come now, and was not valid before"


def operation_changes(old: Contract, new: Contract) -> Iterator[Change]:
    """Yield the changes of operations, but for those of their schemas."""
    places = {each.name: each for each in new.operations.values()}
    for key, operation in old.operations.items():
        if key in new.operations:
            yield from _same(old, new, operation, new.operations[key])
            continue
        moved = places.get(operation.name)
        what = "is gone" if moved is None else f"has moved to {moved.method.upper()} {moved.path}"
        message = Witness(NO_LONGER_VALID, valid_request(old, operation), first_request(old, operation))
        where = pointer((moved or operation).place)
        yield Change(
            "breaking", "request", where, f"{_line(operation)} {what}", (), (operation.name,), message
        )
    names = {each.name for each in old.operations.values()}
    for key, operation in new.operations.items():
        if key not in old.operations and operation.name not in names:
            what = f"{_line(operation)} is new"
            yield Change("additive", "request", pointer(operation.place), what, (), (operation.name,))


def _same(old: Contract, new: Contract, before: Operation, after: Operation) -> Iterator[Change]:
    yield from _names(before, after)
    yield from _media_types_and_statuses(old, new, before, after)
    yield from sending_changes(old, new, before, after)
    yield from security_changes(old, new, before, after)


def _names(before: Operation, after: Operation) -> Iterator[Change]:
    """Yield the names that are not sent, but that generated clients have: of operations, and in paths."""
    if before.name != after.name:
        what, where = f"is called {after.name}, was {before.name}", pointer((*after.place, "operationId"))
        shown = Witness("is the name of a function in generated clients, and is gone", {"name": before.name})
        yield Change("breaking", "client", where, f"{_line(after)} {what}", (), (before.name,), shown)
    if before.path != after.path:
        what, shows = f"the path is written {after.path}, was {before.path}", "has names that are gone"
        shown = Witness(f"{shows}, which generated clients take as arguments", {"name": before.path})
        yield Change("breaking", "client", pointer(after.place[:2]), what, (), (before.name,), shown)


def _media_types_and_statuses(
    old: Contract, new: Contract, before: Operation, after: Operation
) -> Iterator[Change]:
    was, now = old.of_operation(before), new.of_operation(after)
    listed, listed_now = {key.status for key in was}, {key.status for key in now}
    for key in (each for each in was if each not in now):
        if key.status in listed_now:
            yield from _media_type_gone(old, before, after, key)
        else:
            yield _status_gone(old, new, after, key)
    for key in (each for each in now if each not in was):
        place = ("responses", key.status) if key.status else ("requestBody",)
        where = pointer((*after.place, *place))
        what = f"may have the media type {key.media_type or 'of no body'}"
        if key.status not in listed:
            what = f"status {key.status} is new"
        elif key.status:
            what = f"status {key.status} {what}"
        yield Change("additive", key.direction, where, what, (), (after.name,))


def _media_type_gone(old: Contract, before: Operation, after: Operation, key: Key) -> Iterator[Change]:
    """Yield what nobody can send, or ask for, any more: a media type, or a message without a body."""
    where = pointer(after.place)
    of_what = f"status {key.status}" if key.status else "a request"
    if not key.media_type:
        level: Level = "additive" if key.status else "breaking"
        shown = None if key.status else Witness(NO_LONGER_VALID, valid_request(old, before), key)
        yield Change(level, key.direction, where, f"{of_what} has a body now", (), (after.name,), shown)
        return
    message, shown_as = any_message(old.messages[key]), key
    if key.status:
        message, shown_as = valid_request(old, before), first_request(old, before)
        message["headers"] = {**message["headers"], "Accept": key.media_type}
    what = f"{of_what} no longer has the media type {key.media_type}"
    shown = Witness(NO_LONGER_VALID, message, shown_as)
    yield Change("breaking", "request", where, what, (), (after.name,), shown)


def _status_gone(old: Contract, new: Contract, after: Operation, key: Key) -> Change:
    """Return what a status that went means: ``default`` may come in its place, in another form."""
    place, what = pointer((*after.place, "responses")), f"status {key.status} is no longer listed"
    rest = next((each for each in new.of_operation(after) if each.status == "default"), None)
    message = None
    if rest is not None:
        same_type = Key(rest.method, rest.path, rest.status, key.media_type)
        general = new.messages.get(same_type, new.messages[rest])
        message = accepted_by_one_only(general, old.messages[key])
        rest = rest._replace(status=key.status)
    elif key.status.startswith("2"):
        message, rest = any_message(old.messages[key]), key
    if message is None:
        return Change("additive", "response", place, what, (), (after.name,))
    shows = _UNKNOWN if rest is not key else "no longer comes"
    return Change("breaking", "response", place, what, (), (after.name,), Witness(shows, message, rest))


def _line(operation: Operation) -> str:
    return f"{operation.method.upper()} {operation.path}"
