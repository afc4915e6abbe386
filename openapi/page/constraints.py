"""What constrains a message of the documented operation: the pointer of each keyword that does."""

from collections.abc import Iterator

from page.objects import Node, operation
from page.pointers import pointer, target, value_at

_SAYS_NOTHING = {"description", "example", "readOnly"}
_LEADS_ON = {"properties", "items", "allOf"}


def constraints(document: Node) -> list[str]:
    """Return the pointers, each once: of methods, parameters, bodies, statuses, headers and their schemas.

    A ``not`` and an open enumeration count as one keyword each.
    """
    of_page = operation(document)
    item = pointer("paths", of_page.path)
    here = f"{item}/{of_page.method}"
    spec = of_page.item[of_page.method]
    found = [item, here, f"{here}/security"]
    for place in (item, here):
        for index, _ in enumerate(value_at(document, place).get("parameters", [])):
            found += _parameter(document, target(document, f"{place}/parameters/{index}"))
    found += _body(document, target(document, f"{here}/requestBody"))
    for status in spec["responses"]:
        found.append(f"{here}/responses/{status}")
        found += _body(document, target(document, found[-1]))
    return list(dict.fromkeys(found))


def _parameter(document: Node, place: str) -> Iterator[str]:
    """Yield those of a parameter or header."""
    node = value_at(document, place)
    yield from (f"{place}/{name}" for name in ("in", "required") if name in node)
    yield from _schema(document, f"{place}/schema", set())


def _body(document: Node, place: str) -> Iterator[str]:
    """Yield those of a request body or response."""
    node = value_at(document, place)
    yield from (f"{place}/{name}" for name in ("required", "x-max-bytes", "x-problems") if name in node)
    for name in node.get("headers", {}):
        yield from _parameter(document, target(document, f"{place}{pointer('headers', name)}"))
    for media_type in node.get("content", {}):
        yield (of_media := f"{place}{pointer('content', media_type)}")
        yield from _schema(document, f"{of_media}/schema", set())


def _schema(document: Node, reference: str, seen: set[str]) -> Iterator[str]:
    place = target(document, reference)
    if place in seen:
        return
    seen.add(place)
    node = value_at(document, place)
    for keyword in node:
        if keyword not in _SAYS_NOTHING | _LEADS_ON and not keyword.startswith("x-"):
            yield f"{place}/{keyword}"
    for name in node.get("properties", {}):
        yield from _schema(document, f"{place}{pointer('properties', name)}", seen)
    if "items" in node:
        yield from _schema(document, f"{place}/items", seen)
    for keyword in ("allOf", "anyOf"):
        for index, each in enumerate(node.get(keyword, [])):
            if "$ref" in each:
                yield from _schema(document, f"{place}/{keyword}/{index}", seen)
