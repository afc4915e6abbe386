"""The contract with its responses closed, so that a server is held to what is listed and to nothing more.

The contract lets responses grow (D-108): by fields, by values of an enumeration, by statuses. A client must
bear that; a server that is judged by this version of the contract sends what this version lists.
"""

from typing import Any

Node = dict[str, Any]

_SCHEMAS = "#/components/schemas/"


def close_responses(document: Node) -> None:
    """Close the responses of an OpenAPI document: their objects, enumerations, and each operation's statuses.

    Requests stay as they are, also where they share a schema with a response.
    """
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                operation["responses"].pop("default", None)
    for response in document["components"]["responses"].values():
        for media in response.get("content", {}).values():
            media["schema"] = _closed(media["schema"], document["components"]["schemas"])


def _closed(schema: Node, schemas: Node) -> Node:
    """Return a closed copy of a schema, and add those of the schemas that it refers to."""
    if "$ref" in schema:
        return _closed_reference(schema["$ref"].removeprefix(_SCHEMAS), schemas)
    if _is_open_enumeration(schema):
        return _closed(schema["anyOf"][0], schemas)
    closed = dict(schema)
    if "properties" in schema:
        closed["properties"] = {name: _closed(part, schemas) for name, part in schema["properties"].items()}
    if "items" in schema:
        closed["items"] = _closed(schema["items"], schemas)
    for keyword in ("oneOf", "allOf"):
        if keyword in schema:
            closed[keyword] = [_closed(part, schemas) for part in schema[keyword]]
    if schema.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def _closed_reference(name: str, schemas: Node) -> Node:
    closed = f"Closed{name}"
    if closed not in schemas:
        schemas[closed] = {}  # a schema may refer to itself
        schemas[closed] = _closed(schemas[name], schemas)
    return {"$ref": f"{_SCHEMAS}{closed}"}


def _is_open_enumeration(schema: Node) -> bool:
    """Tell whether a schema takes the values of a named enumeration and, for what is to come, any text."""
    return len(schema.get("anyOf", ())) > 1 and schema["anyOf"][1:] == [{"type": "string"}]
