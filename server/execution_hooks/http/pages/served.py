"""The contract as it is served: with the URL in it under which clients see this server."""

import json
from typing import NamedTuple

import yaml

from execution_hooks.contract.document import Contract


class Served(NamedTuple):
    """The contract in both of its forms, as text."""

    as_yaml: str
    as_json: str


def served(contract: Contract, public_url: str) -> Served:
    """Replace the URL of the first server; all else stays exactly as it is written.

    Without a URL, or where the contract names no server, nothing is changed.
    """
    place = _first_server(contract.source) if public_url else None
    if place is None:
        return Served(contract.source, json.dumps(contract.document))
    first, *others = contract.document["servers"]
    document = {**contract.document, "servers": [{**first, "url": public_url}, *others]}
    source = contract.source[: place.start] + json.dumps(public_url) + contract.source[place.stop :]
    return Served(source, json.dumps(document))


def _first_server(source: str) -> slice | None:
    """Return where the URL of the first server stands in the text."""
    servers = _member(yaml.compose(source, Loader=yaml.CSafeLoader), "servers")
    first = servers.value[0] if isinstance(servers, yaml.SequenceNode) and servers.value else None
    url = _member(first, "url")
    return None if url is None else slice(url.start_mark.index, url.end_mark.index)


def _member(node: yaml.Node | None, name: str) -> yaml.Node | None:
    members: list[tuple[yaml.Node, yaml.Node]] = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in members if key.value == name), None)
