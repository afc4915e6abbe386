"""Removes what a run made, by whatever the server offers for it."""

from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from execution_hooks_conformance.received_json import parsed
from execution_hooks_conformance.results import RunLog
from execution_hooks_conformance.target_server import TargetServer

_SOURCES, _HOOKS = "/core/v1/hookSources", "/core/v1/executionHooks"


def clear(server: TargetServer, log: RunLog, made: Collection[str]) -> list[str]:
    """Delete hooks, then sources; return the paths of what is left.

    ``made`` are the paths of what was made beside the log. Where the server does not delete one, it is not
    asked to delete another one of the kind. Raises CannotBeJudged if the server is gone.
    """
    paths = dict.fromkeys((*made, *_made(log)))
    left: list[str] = []
    refused: set[str] = set()
    for path in sorted(paths, key=lambda each: each.startswith(_SOURCES)):
        collection = path.rpartition("/")[0]
        if collection in refused:
            left.append(path)
            continue
        reply = server.ask("DELETE", path)
        if not reply.offers:
            refused.add(collection)
        if not reply.offers or reply.status not in {200, 202, 204, 404}:
            left.append(path)
    return left


def _made(log: RunLog) -> Iterator[str]:
    """Yield the path of each resource that an exchange of a log created, below the account."""
    deleted = {
        each["sent"]["url"].rpartition("/")[2]
        for each in log.exchanges.values()
        if each["sent"]["method"] == "DELETE" and each["received"] and each["received"]["status"] < 300
    }
    for each in log.exchanges.values():
        received: dict[str, Any] | None = each["received"]
        if each["sent"]["method"] != "POST" or not received or received["status"] >= 300:
            continue
        resource_id = _id(received["body"])
        if resource_id and resource_id not in deleted:
            collection = urlsplit(each["sent"]["url"]).path.rpartition("/")[2]
            yield f"{_SOURCES if collection == 'hookSources' else _HOOKS}/{quote(resource_id, safe='')}"


def _id(body: str) -> str:
    try:
        document = parsed(body)
    except ValueError:
        return ""
    return str(document.get("id", "")) if isinstance(document, dict) else ""
