"""Two documents compared: everything that differs between them, each with its verdict."""

from collections.abc import Iterator
from typing import Any

from diff.catalogue_changes import catalogue_changes
from diff.changes import Change, Contract, Witness, joined
from diff.operation_changes import operation_changes
from diff.places import Node, Path, pointer
from diff.schema_changes import schema_changes


def compare(old: Contract, new: Contract) -> list[Change]:
    """Return what differs, gravest first. What no message shows is wording: words, examples, order, links."""
    before, after = old.document, new.document
    seen = joined(
        [
            *operation_changes(old, new),
            *_servers(before, after),
            *schema_changes(old, new),
            *catalogue_changes(old, new),
        ]
    )
    gone = {pointer(each.place) for key, each in old.operations.items() if key not in new.operations}
    shown = {each.where for each in seen} | gone
    return [*seen, *(each for each in _wording(before, after) if not _is_shown(each, shown))]


def _servers(before: Node, after: Node) -> Iterator[Change]:
    was, now = (
        [each["url"] for each in document.get("servers", [{"url": "/"}])] for document in (before, after)
    )
    for url in (each for each in was if each not in now):
        shown = Witness("began the URL of each request, and is gone", {"name": url})
        yield Change("breaking", "request", "/servers", f"the server {url} is gone", (), (), shown)
    for url in (each for each in now if each not in was):
        yield Change("additive", "request", "/servers", f"the server {url} is new")


def _wording(before: Any, after: Any, path: Path = ()) -> Iterator[Change]:  # noqa: ANN401 any part of a document
    """Yield each place in which two documents differ."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(each for each in after if each not in before)]:
            if name not in before or name not in after:
                what, part = ("is new", after[name]) if name in after else ("is gone", before[name])
                yield Change(
                    "wording", "document", pointer((*path, str(name))), f"{name} {what}", _targets(part)
                )
            else:
                yield from _wording(before[name], after[name], (*path, str(name)))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, pair in enumerate(zip(before, after, strict=True)):
            yield from _wording(*pair, (*path, number))
    else:
        yield Change("wording", "document", pointer(path), f"{_last_name(path)} is another")


def _targets(part: Any) -> tuple[str, ...]:  # noqa: ANN401 any part of a document
    """Return what a part refers to, as JSON Pointers, if it is nothing but references."""
    if not isinstance(part, dict):
        return ()
    parts = [part] if "$ref" in part else list(part.values())
    references = [each["$ref"] for each in parts if isinstance(each, dict) and "$ref" in each]
    return tuple(each.removeprefix("#") for each in references) if len(references) == len(parts) else ()


def _last_name(path: Path) -> str:
    return next((each for each in reversed(path) if isinstance(each, str)), "it")


def _is_shown(difference: Change, shown: set[str]) -> bool:
    """Return whether a change of messages tells of a difference, or of all that it refers to."""
    targets = difference.fields
    return _is_near(difference.where, shown) or (
        bool(targets) and all(_is_near(each, shown) for each in targets)
    )


def _is_near(where: str, shown: set[str]) -> bool:
    """Return whether a place is at, within or around one of others."""
    return any(f"{where}/".startswith(f"{each}/") or f"{each}/".startswith(f"{where}/") for each in shown)
