"""Whether a contract accepts a message, judged apart from what compares contracts: by Python's jsonschema."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import re2
from jsonschema import Draft4Validator, FormatChecker

from diff.changes import Change, Witness
from diff.messages import Key
from harness.draft4 import draft4
from page.objects import Node, referred

_FORMATS = FormatChecker(["uuid"])
_QUIET = re2.Options()
_QUIET.log_errors = False
_FORMATS.checks("re2", raises=re2.error)(lambda text: re2.compile(text, _QUIET))
_FORMATS.checks("uri", raises=ValueError)(lambda text: bool(urlsplit(text).scheme) and " " not in text)


class Judge:
    """Judges messages by one document, whose references the validator follows by itself."""

    def __init__(self, document: Node, *, formats: bool) -> None:
        self._formats = _FORMATS if formats else None
        self._document = document
        self._components = draft4(document["components"])

    def accepts(self, key: Key, message: Node) -> bool:
        """Return whether a whole message is valid, and part of the contract at all."""
        operation = self._operation(key)
        if operation is None:
            return False
        return (
            self._is_response(operation, key, message)
            if key.status
            else self._is_request(operation, key, message)
        )

    def _operation(self, key: Key) -> Node | None:
        for path, item in self._document["paths"].items():
            if key.method in item and _unnamed(path) == key.path:
                own = item[key.method]
                return {
                    **own,
                    "parameters": [*item.get("parameters", ()), *own.get("parameters", ())],
                    "path": path,
                }
        return None

    def _is_request(self, operation: Node, key: Key, message: Node) -> bool:
        body = referred(self._document, operation.get("requestBody", {}))
        content = body.get("content", {})
        if bool(content) != bool(key.media_type) or (content and key.media_type not in content):
            return False
        known = set()
        for parameter in (referred(self._document, each) for each in operation["parameters"]):
            name, section = parameter["name"], _SECTIONS[parameter["in"]]
            if section == "path":
                name = str([*_names(operation["path"])].index(name) + 1)
            known.add((section, name))
            sent = message[section]
            if name in sent and not self._is_valid(parameter["schema"], sent[name]):
                return False
            if name not in sent and parameter.get("required"):
                return False
        unknown = {(section, name) for section in _SECTIONS.values() for name in message[section]} - known
        return not unknown and self._is_body(body, key, message)

    def _is_response(self, operation: Node, key: Key, message: Node) -> bool:
        listed = operation["responses"]
        response = referred(self._document, listed.get(key.status, listed.get("default", {})))
        for name, each in response.get("headers", {}).items():
            header, sent = referred(self._document, each), message["headers"]
            if (name in sent and not self._is_valid(header["schema"], sent[name])) or (
                name not in sent and header.get("required")
            ):
                return False
        return bool(response) and self._is_body(response, key, message)

    def _is_body(self, owner: Node, key: Key, message: Node) -> bool:
        media = owner.get("content", {}).get(key.media_type)
        if media is None or "body" not in message:
            return (media is None and "body" not in message) or not owner.get("required", True)
        return self._is_valid(media["schema"], message["body"])

    def _is_valid(self, schema: Node, value: Any) -> bool:  # noqa: ANN401 any JSON
        whole = {**draft4(schema), "components": self._components}
        return Draft4Validator(whole, format_checker=self._formats).is_valid(value)


def is_confirmed(before: Node, after: Node, change: Change) -> bool:
    """Return whether a witness is refused where it was valid, or the other way about for a response.

    Some validators check formats and some do not; one of them suffices.
    """
    witness = change.witness
    assert witness is not None
    assert witness.key is not None
    shown = (True, False) if change.side == "request" else (False, True)
    verdicts = [
        tuple(
            Judge(each, formats=formats).accepts(witness.key, _of_schemas(witness))
            for each in (before, after)
        )
        for formats in (True, False)
    ]
    return shown in verdicts


_SECTIONS = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}


def _of_schemas(witness: Witness) -> Node:
    return {"headers": {}, **witness.message}


def _names(path: str) -> Iterator[str]:
    yield from (part[1:-1] for part in path.split("/") if part.startswith("{"))


def _unnamed(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
