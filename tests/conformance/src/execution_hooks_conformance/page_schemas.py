"""The contract's schemas as the documented page has them, by the trace from the page to the contract."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

Node = dict[str, Any]
_SCHEMAS = ["components", "schemas"]


def as_on_the_page(schemas: Mapping[str, Node], trace: Sequence[Node]) -> dict[str, Node]:
    """Return schemas without what is stricter than the page: keywords, and fields that are required.

    ``trace`` is ``openapi/page.trace.yaml``. Raises KeyError if it leads to what is not there.
    """
    left: dict[str, Any] = deepcopy(dict(schemas))
    for tokens, field in dict.fromkeys(_stricter(trace)):
        *above, keyword = tokens
        node = left
        for token in above:
            node = node[token]
        if field:
            node[keyword] = [each for each in node[keyword] if each != field]
        if not field or not node[keyword]:
            del node[keyword]
    return left


def _stricter(trace: Sequence[Node]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield where a keyword of a schema says more than the page; beside it, the field that it requires."""
    for row in trace:
        for name, entry in row["facts"].items():
            if entry["verdict"] != "stricter":
                continue
            *_, field, fact = f"{row['place']}.{name}".split(".")
            for pointer in entry.get("at", ()):
                first, second, *tokens = pointer.removeprefix("/").split("/")
                is_keyword = tokens[-1:] != ["description"] and tokens[-2:-1] != ["properties"]
                if [first, second] == _SCHEMAS and is_keyword:
                    yield tuple(tokens), field if fact == "required" else ""
