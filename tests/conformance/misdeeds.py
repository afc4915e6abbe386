"""What wrong servers do to requests and answers: one function for each wrong."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from conformance.tampering import Asked, Told
from execution_hooks_conformance.facts import Facts

_SAME_TAG = '"same"'
_NOT_FOUND = {"type": "https://astra.netapp.io/problems/1", "status": "404"}
_FORBIDDEN = {"type": "https://astra.netapp.io/problems/11", "status": "403"}


def lets_anyone_in(asked: Asked) -> None:
    asked.headers["Authorization"] = Facts.from_environment().authorization


def replaces(asked: Asked) -> None:
    if asked.method == "PUT" and asked.document and "/executionHooks/" in asked.path:
        unsaid = {"arguments": [], "matchingCriteria": [], "enabled": "true", "description": ""}
        asked.body = json.dumps({**unsaid, **asked.document}).encode()


def ignores_if_none_match(asked: Asked) -> None:
    """Carry out a change of a version that the client has excluded."""
    del asked.headers["If-None-Match"]


def gives_a_problem_another_title(asked: Asked, told: Told) -> None:  # noqa: ARG001
    if told.status in {404, 412}:
        told.document = {**told.document, "title": "No"}


def ignores_if_match(asked: Asked) -> None:
    del asked.headers["If-Match"]


def ignores(parameter: str) -> Callable[[Asked], None]:
    return lambda asked: asked.drop_parameter(parameter)


def looks_beyond_the_app(asked: Asked) -> None:
    if asked.method == "GET":
        asked.go_to(re.sub("/k8s/v1/apps/[^/]+/executionHooks", "/core/v1/executionHooks", asked.path))


def takes_patch_for_get(asked: Asked) -> None:
    if asked.method == "PATCH":
        asked.scope["method"] = "GET"


def only_reads_what_it_should_delete(asked: Asked) -> None:
    if asked.method == "DELETE":
        asked.scope.update(method="GET", deletes=True)


def claims_that_it_deleted(asked: Asked, told: Told) -> None:
    if "deletes" in asked.scope and told.status == 200:
        told.status, told.body = 204, b""
        for name in ("Content-Type", "Content-Length", "ETag"):
            del told.headers[name]


class Cache:
    """Keeps every resource that was created."""

    def __init__(self) -> None:
        self._kept: dict[str, Told] = {}
        self._denied: set[str] = set()

    def serves_what_is_gone(self, asked: Asked, told: Told) -> None:
        """Find what was deleted in the cache, but for the first time that it is asked for."""
        if told.status == 201:
            self._kept[urlsplit(told.headers["Location"]).path] = replace(told, status=200)
        if asked.method != "GET" or told.status != 404 or asked.path not in self._kept:
            return
        if asked.path in self._denied:
            kept = self._kept[asked.path]
            told.status, told.body = kept.status, kept.body
            told.headers.update({"Content-Type": kept.headers["Content-Type"], "ETag": kept.headers["ETag"]})
        self._denied.add(asked.path)


def leaves_out_etag(_asked: Asked, told: Told) -> None:
    del told.headers["ETag"]


def adds_a_member(_asked: Asked, told: Told) -> None:
    if told.document.get("type", "").startswith("application/"):
        told.document = {"more": True, **told.document}


def tells_of_deletion(asked: Asked, told: Told) -> None:
    if asked.method == "DELETE" and told.status == 204:
        told.status, told.body = 200, b"{}"
        told.headers.update({"Content-Type": "application/json", "Content-Length": "2"})


def loses_the_last_of_a_page(_asked: Asked, told: Told) -> None:
    found = told.document
    if "continue" in found.get("metadata", {}):
        told.document = {**found, "items": found["items"][:-1]}


def lists_the_newest_first(_asked: Asked, told: Told) -> None:
    found = told.document
    if "items" in found:
        told.document = {**found, "items": found["items"][::-1]}


def in_each_resource(change: Callable[[dict[str, Any]], None]) -> Callable[[Asked, Told], None]:
    """Change every whole resource of an answer."""

    def tell(_asked: Asked, told: Told) -> None:
        found = told.document
        for each in found.get("items", [found]):
            if isinstance(each, dict):
                change(each)
        if found:
            told.document = found

    return tell


def sums_the_script(resource: dict[str, Any]) -> None:
    if "source" in resource:
        script = base64.b64decode(resource["source"])
        resource["sourceMD5Checksum"] = hashlib.md5(script, usedforsecurity=False).hexdigest()


def counts_containers(resource: dict[str, Any]) -> None:
    if "matchingContainers" in resource:
        resource["matchingContainers"] = len(resource["matchingContainers"])


def keeps_equal_arguments_once(resource: dict[str, Any]) -> None:
    if "arguments" in resource:
        resource["arguments"] = list(dict.fromkeys(resource["arguments"]))


def shows_private_sources(resource: dict[str, Any]) -> None:
    if resource.get("private") == "true":
        resource["source"] = "ZWNobyBmcm96ZW4K"


def takes_any_tag_for_its_own(asked: Asked) -> None:
    if re.search(f"(?<!W/){_SAME_TAG}", asked.headers.get("If-Match", "")):
        asked.headers["If-Match"] = "*"
    if _SAME_TAG in asked.headers.get("If-None-Match", ""):
        asked.headers["If-None-Match"] = "*"


def tags_alike(_asked: Asked, told: Told) -> None:
    if "ETag" in told.headers:
        told.headers["ETag"] = _SAME_TAG


def forbids_what_has_changed(_asked: Asked, told: Told) -> None:
    if told.status == 412:
        told.status, told.document = 403, {**told.document, **_FORBIDDEN}


def forgets(asked: Asked, told: Told) -> None:
    if asked.method == "GET" and "/core/v1/executionHooks/" in asked.path and told.status == 200:
        _not_found(told)


def _not_found(told: Told) -> None:
    told.status, told.document = 404, _NOT_FOUND
    told.headers["Content-Type"] = "application/problem+json"
