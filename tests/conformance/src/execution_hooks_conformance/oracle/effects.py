"""What requests make of resources: which one a body creates, and what it changes another one to."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

from execution_hooks_conformance.oracle.account_state import Document
from execution_hooks_conformance.oracle.target import HOOKS
from execution_hooks_conformance.scripts import is_plain

MATCHES = frozenset({"matchingContainers", "matchingImages"})
"""The members of a hook that depend on more than the hook."""
_OF_THE_SERVER = frozenset({"id", "metadata", *MATCHES})


def created(collection: str, body: Mapping[str, Any]) -> Document:
    """Return what a new resource must be, but for the members that are the server's."""
    return _settled(collection, body, {})


def changed(collection: str, stored: Mapping[str, Any], body: Mapping[str, Any]) -> Document:
    """Return what an update must leave, but for the members that are the server's: what is left out stays."""
    return _settled(collection, body, stored)


def labels(body: Mapping[str, Any], stored: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 JSON
    """Return the labels that a body leaves a resource with."""
    kept = [] if stored is None else stored["metadata"]["labels"]
    return body.get("metadata", {}).get("labels", kept)


def own(document: Mapping[str, Any]) -> Document:
    """Return a resource without the members that are the server's."""
    return {name: value for name, value in document.items() if name not in _OF_THE_SERVER}


def shown(document: Mapping[str, Any]) -> Document:
    """Return a resource without the script, if that is private."""
    hidden = {"source"} if document.get("private") == "true" else set()
    return {name: value for name, value in document.items() if name not in hidden}


def checksum(source: str) -> str:
    """The MD5 of a source's base64 text."""
    return hashlib.md5(source.encode(), usedforsecurity=False).hexdigest()


def is_script(source: str) -> bool:
    """Tell whether a source in base64 is text in UTF-8 that a shell can run."""
    try:
        text = base64.b64decode(source, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return is_plain(text)


def _settled(collection: str, body: Mapping[str, Any], stored: Mapping[str, Any]) -> Document:
    said = {name: value for name, value in own(body).items() if value is not None}
    if collection == HOOKS:
        unsaid: Document = {"matchingCriteria": [], "arguments": [], "enabled": "true"}
        return {**unsaid, **own(stored), **said}
    if "source" in said:
        said["sourceMD5Checksum"] = checksum(said["source"])
    return shown({"private": "false", "preloaded": "false", **own(stored), **said})
