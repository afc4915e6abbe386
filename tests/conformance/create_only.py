"""A server that has the documented operation and nothing else, written from the page alone.

It is right by itself; each field of ``Changes`` makes it wrong in one way.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

ACCOUNT, APP, SOURCE, TOKEN, VIEWER = (str(uuid4()) for _ in range(5))
_VALUES = {
    "type": ("application/astra-executionHook",),
    "version": ("1.0", "1.1", "1.2", "1.3"),
    "hookType": ("netapp", "custom"),
    "action": ("snapshot", "backup", "restore", "failover"),
    "stage": ("pre", "post"),
    "enabled": ("true", "false"),
}
_REQUIRED = ("type", "version", "name", "hookType", "action", "stage", "hookSourceID", "appID")


@dataclass(frozen=True)
class Changes:
    """What the server does wrong."""

    longest_name: int = 63
    most_arguments: int = 16
    takes_taken_names: bool = False
    forgets_the_stage_rule: bool = False
    lets_anyone_in: bool = False
    knows_every_account: bool = False
    defaults_to_disabled: bool = False
    drops_arguments: bool = False
    leaves_out_metadata: bool = False
    responds_with_200: bool = False
    problems_without_detail: bool = False
    fails_at_labels: bool = False
    gives_one_id_to_all: bool = False
    lets_viewers_write: bool = False


UNCHANGED = Changes()


def _is_text(value: object, least: int, most: int) -> bool:
    return isinstance(value, str) and least <= len(value) <= most


def _is_list(value: object, most: int) -> bool:
    return isinstance(value, list) and len(value) <= most


def _violates(body: Any, changes: Changes) -> bool:  # noqa: ANN401 any JSON value
    """Tell whether a body breaks the page's tables of fields."""
    if not isinstance(body, dict) or any(name not in body for name in _REQUIRED):
        return True
    criteria, metadata = body.get("matchingCriteria", []), body.get("metadata", {})
    arguments = body.get("arguments", [])
    labels = metadata.get("labels", []) if isinstance(metadata, dict) else None
    right = [
        *(
            body[name] in known and isinstance(body[name], str)
            for name, known in _VALUES.items()
            if name in body
        ),
        _is_text(body["name"], 1, changes.longest_name),
        _is_text(body.get("description", ""), 0, 511),
        isinstance(body["hookSourceID"], str) and isinstance(body["appID"], str),
        _is_list(arguments, changes.most_arguments) and all(_is_text(each, 0, 127) for each in arguments),
        _is_list(criteria, 10) and all(_is_record(each, ("type", "value")) for each in criteria),
        _is_list(labels, 1000)
        and all(_is_record(each, ("name", "value"), all_of=True) for each in labels or ()),
        isinstance(metadata, dict)
        and all(isinstance(value, str) for name, value in metadata.items() if name != "labels"),
        changes.forgets_the_stage_rule or body["stage"] != "pre" or body["action"] in ("snapshot", "backup"),
    ]
    return not all(right)


def _is_record(value: object, names: tuple[str, ...], *, all_of: bool = False) -> bool:
    if not isinstance(value, dict):
        return False
    known = all(isinstance(value.get(name, ""), str) for name in names)
    return known and (not all_of or all(name in value for name in names))


class _Handler(BaseHTTPRequestHandler):
    changes: Changes
    names: set[str]
    responses_left: Iterator[int]

    def do_POST(self) -> None:
        if next(self.responses_left, 0) == 0:
            self.close_connection = True
            return
        payload = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        found = re.fullmatch(r"/accounts/([^/]*)/core/v1/executionHooks(\?.*)?", self.path)
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if (scheme != "Bearer" or token not in (TOKEN, VIEWER)) and not self.changes.lets_anyone_in:
            self._refuse(401, 3, "Missing bearer token", "The request is missing the required bearer token.")
        elif not found or (found[1] != ACCOUNT and not self.changes.knows_every_account):
            self._refuse(404, 2, "Collection not found", "The collection in the URI wasn't found.")
        elif token == VIEWER and not self.changes.lets_viewers_write:
            self._refuse(403, 11, "Operation not permitted", "The requested operation isn't permitted.")
        else:
            self._create(payload)

    def do_GET(self) -> None:
        self._send(404, {})

    def _create(self, payload: bytes) -> None:
        try:
            body = json.loads(payload)
        except ValueError:
            body = None
        if _violates(body, self.changes):
            self._refuse(400, 8, "Invalid JSON resource", "The body doesn't conform to the schema.")
        elif body["name"] in self.names and not self.changes.takes_taken_names:
            self._refuse(409, 10, "JSON resource conflict", "The body conflicts with an idempotent value.")
        elif self.changes.fails_at_labels and body.get("metadata", {}).get("labels"):
            self._refuse(500, 34, "Internal server error", "The server failed.")
        else:
            self.names.add(body["name"])
            self._send(200 if self.changes.responds_with_200 else 201, self._hook(body))

    def _hook(self, body: dict[str, Any]) -> dict[str, Any]:
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
        enabled = "false" if self.changes.defaults_to_disabled else "true"
        hook = {"matchingCriteria": [], "enabled": enabled, **body}
        hook["id"] = ACCOUNT if self.changes.gives_one_id_to_all else str(uuid4())
        labels = body.get("metadata", {}).get("labels", [])
        hook["metadata"] = {"labels": labels, "creationTimestamp": now, "modificationTimestamp": now}
        if self.changes.drops_arguments and hook.get("arguments"):
            hook["arguments"] = []
        if self.changes.leaves_out_metadata:
            del hook["metadata"]
        return hook

    def _refuse(self, status: int, number: int, title: str, detail: str) -> None:
        kind = f"https://astra.netapp.io/problems/{number}"
        problem = {"type": kind, "title": title, "detail": detail, "status": str(status)}
        if self.changes.problems_without_detail:
            del problem["detail"]
        self._send(status, problem, "application/problem+json")

    def _send(self, status: int, document: dict[str, Any], media_type: str = "application/json") -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def create_only_server(changes: Changes = UNCHANGED, most_responses: int = 100_000) -> Iterator[str]:
    """Run the server; yield its URL. After ``most_responses`` it closes connections without one."""
    left = iter(range(most_responses, 0, -1))
    handler = type("Handler", (_Handler,), {"changes": changes, "names": set(), "responses_left": left})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as listener:
        Thread(target=listener.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listener.server_address[1]}"
        listener.shutdown()
