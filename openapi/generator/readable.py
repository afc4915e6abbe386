"""The contract as openapi-python-client reads it best."""

from typing import Any

Node = dict[str, Any]


def readable(document: Node) -> Node:
    """Return the contract with what the generator would get wrong said in another way.

    Bodies are JSON alone: of two types, the generator makes the body optional. What refers to a schema and
    has words of its own (``allOf`` of one) is written out: the generator would take the schema's words.
    """
    plain: Node = _written_out(document, document["components"]["schemas"])
    for body in plain["components"]["requestBodies"].values():
        body["content"] = {"application/json": body["content"]["application/json"]}
    return plain


def _written_out(node: Any, schemas: Node) -> Any:  # noqa: ANN401 any part of a document
    if isinstance(node, list):
        return [_written_out(part, schemas) for part in node]
    if not isinstance(node, dict):
        return node
    match node:
        case {"allOf": [{"$ref": str(reference)}]}:
            own = {name: part for name, part in node.items() if name != "allOf"}
            return {**schemas[reference.rpartition("/")[2]], **own}
    return {name: _written_out(part, schemas) for name, part in node.items()}
