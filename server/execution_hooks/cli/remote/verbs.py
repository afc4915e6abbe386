"""What each verb does on a server."""

import sys
from collections.abc import Mapping
from itertools import islice
from typing import Any

import click

from execution_hooks.cli.failures import ExitStatus
from execution_hooks.cli.formats import write_list, write_one
from execution_hooks.cli.remote import fields
from execution_hooks.cli.remote.files import read_document
from execution_hooks.cli.remote.matches import write_matches
from execution_hooks.cli.remote.parameters import SERVER_OPTIONS
from execution_hooks.cli.remote.resource import Resource
from execution_hooks.cli.remote.server import Server, server_at


def perform(resource: Resource, verb: str, given: Mapping[str, Any]) -> None:
    """Do what a verb says with the values of its options. Raises Failure, or a usage error."""
    body = _body(resource, verb, given)
    if given.get("dry_run"):
        from execution_hooks.cli.remote.dry_run import check  # here, since it reads and checks the contract

        check(resource.operations[verb], body, given)
        return
    with server_at(*(given[name] for name in SERVER_OPTIONS)) as server:
        match verb:
            case "list":
                _list(resource, server, given)
            case "create":
                created = server.create(resource.operations["create"], body)
                write_one(created, resource.columns, given["output"])
            case _:
                _on_one(resource, server, verb, given, body)


def _list(resource: Resource, server: Server, given: Mapping[str, Any]) -> None:
    query = {} if given["filter"] is None else {"filter": given["filter"]}
    found = server.list(resource.operations["list"], **query)
    write_list(islice(found, given["limit"]), resource.columns, given["output"])


def _on_one(
    resource: Resource, server: Server, verb: str, given: Mapping[str, Any], body: Mapping[str, Any]
) -> None:
    identifier = server.identified(resource.operations["list"], resource.noun, given["which"])
    match verb:
        case "get":
            write_one(server.read(resource.operations["get"], identifier), resource.columns, given["output"])
        case "update":
            server.change(resource.operations["update"], identifier, body)
        case "delete":
            server.delete(resource.operations["delete"], identifier)
        case "explain":
            hits = write_matches(server.read(resource.operations["get"], identifier), given["output"])
            sys.exit(ExitStatus.DONE if hits else ExitStatus.REFUSED)


def _body(resource: Resource, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a create or an update; empty for other verbs, which have none."""
    if verb not in {"create", "update"}:
        return {}
    members = resource.operations[verb].members
    file = given["file"]
    document = {} if file is None else read_document(file)
    if file is None and not fields.given(members, given):
        raise click.UsageError(f"Give the fields by options, or -f FILE; see {verb} --help")
    usual = fields.USUAL if verb == "create" else {}
    return fields.body(members, document, given, usual)
