"""Copies of the contract in which one fact of the documented page no longer holds."""

from copy import deepcopy

from page.objects import Node, bodies, known_values, operation, page_objects, referred, resolved


def mutant(document: Node, fact: str) -> Node:
    """Return a copy of the contract that breaks a fact, by the smallest possible change."""
    changed = deepcopy(document)
    match fact.split("."):
        case ["operation", part]:
            _move(changed, part)
        case ["response", status, "status"]:
            of_page = operation(changed)
            del of_page.item[of_page.method]["responses"][status]
        case ["request", "parameter", name, keyword]:
            _break_parameter(changed, name, keyword)
        case [*_, "example"]:
            _drop_example(changed, fact.removesuffix(".example"))
        case _:
            _break_field(changed, fact)
    return changed


def _move(document: Node, part: str) -> None:
    of_page = operation(document)
    if part == "path":
        document["paths"][f"{of_page.path}/new"] = document["paths"].pop(of_page.path)
    else:
        of_page.item["patch"] = of_page.item.pop(of_page.method)


def _break_parameter(document: Node, name: str, keyword: str) -> None:
    parameters = [resolved(document, each) for each in operation(document).parameters]
    [parameter] = [each for each in parameters if each["name"] == name]
    others = {"in": "query", "required": False, "example": "another"}
    if keyword in others:
        parameter[keyword] = others[keyword]
    else:
        parameter["schema"] = {**resolved(document, parameter["schema"]), keyword: "integer"}


def _drop_example(document: Node, body: str) -> None:
    first = next(media for name, media in bodies(document) if name == body)
    for name in list(first["examples"])[:1]:
        del first["examples"][name]


def _break_field(document: Node, fact: str) -> None:
    place = next(each for each in page_objects(document) if fact.startswith(f"{each.id}."))
    field, *keyword = fact.removeprefix(f"{place.id}.").split(".")
    if not keyword:
        _remove_object(document, place.id)
        return
    target = _target(document, place.schema["properties"][field])
    match keyword:
        case ["required"]:
            _toggle(place.schema, field)
        case ["type"] | ["conformsTo"]:
            place.schema["properties"][field] = {"type": "integer"}
        case ["syntax"]:
            del target["format"]
        case ["enum"]:
            target["enum"] = target["enum"][:-1]
        case ["valuesFor", action]:
            _change_stages(place.schema, action)
        case ["items", name]:
            del resolved(document, target["items"])[name]
        case [name]:
            target.pop(name, None) or target.update({name: "true"})


def _target(document: Node, node: Node) -> Node:
    """Return what to change of a property; what it refers to is written out where it has words of its own."""
    schema = referred(document, node)
    if "allOf" in schema:
        whole = resolved(document, schema)
        schema.clear()
        schema.update(whole)
    return known_values(document, schema)


def _remove_object(document: Node, place: str) -> None:
    """Drop every property that is an object of the page."""
    removed = [id(each.schema) for each in page_objects(document) if each.id == place]
    for owner in page_objects(document):
        properties = owner.schema["properties"]
        for name in [each for each, node in properties.items() if id(resolved(document, node)) in removed]:
            del properties[name]


def _toggle(owner: Node, field: str) -> None:
    required = owner.get("required", [])
    owner["required"] = _toggled(required, field)


def _change_stages(owner: Node, action: str) -> None:
    refused = owner["not"]["properties"]["action"]
    refused["enum"] = _toggled(refused["enum"], action)


def _toggled(names: list[str], name: str) -> list[str]:
    """Return the names without one of them, or with it if it is not among them."""
    others = [each for each in names if each != name]
    return others if name in names else [*names, name]
