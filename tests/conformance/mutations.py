"""What mutants change in requests and responses: one function for each."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from conformance.mutating import MutableRequest, MutableResponse, ResponseChange
from execution_hooks_conformance.facts import Facts

_SAME_TAG = '"same"'
_NOT_FOUND = {"type": "https://astra.netapp.io/problems/1", "status": "404"}
_FORBIDDEN = {"type": "https://astra.netapp.io/problems/11", "status": "403"}


def lets_anyone_in(request: MutableRequest) -> None:
    request.headers["Authorization"] = Facts.from_environment().authorization


def replaces(request: MutableRequest) -> None:
    if request.method == "PUT" and request.document and "/executionHooks/" in request.path:
        unsaid = {"arguments": [], "matchingCriteria": [], "enabled": "true", "description": ""}
        request.body = json.dumps({**unsaid, **request.document}).encode()


def ignores_if_none_match(request: MutableRequest) -> None:
    """Carry out a change of a version that the client has excluded."""
    del request.headers["If-None-Match"]


def gives_a_problem_another_title(request: MutableRequest, response: MutableResponse) -> None:  # noqa: ARG001
    if response.status in {404, 412}:
        response.document = {**response.document, "title": "No"}


def ignores_if_match(request: MutableRequest) -> None:
    del request.headers["If-Match"]


def ignores(parameter: str) -> Callable[[MutableRequest], None]:
    return lambda request: request.drop_parameter(parameter)


def looks_beyond_the_app(request: MutableRequest) -> None:
    if request.method == "GET":
        request.go_to(re.sub("/k8s/v1/apps/[^/]+/executionHooks", "/core/v1/executionHooks", request.path))


def takes_patch_for_get(request: MutableRequest) -> None:
    if request.method == "PATCH":
        request.scope["method"] = "GET"


def only_reads_what_it_should_delete(request: MutableRequest) -> None:
    if request.method == "DELETE":
        request.scope.update(method="GET", deletes=True)


def claims_that_it_deleted(request: MutableRequest, response: MutableResponse) -> None:
    if "deletes" in request.scope and response.status == 200:
        response.status, response.body = 204, b""
        for name in ("Content-Type", "Content-Length", "ETag"):
            del response.headers[name]


class Cache:
    """Keeps every resource that was created."""

    def __init__(self) -> None:
        self._kept: dict[str, MutableResponse] = {}
        self._denied: set[str] = set()

    def serves_what_is_gone(self, request: MutableRequest, response: MutableResponse) -> None:
        """Find what was deleted in the cache, but for the first time that it is asked for."""
        if response.status == 201:
            self._kept[urlsplit(response.headers["Location"]).path] = replace(response, status=200)
        if request.method != "GET" or response.status != 404 or request.path not in self._kept:
            return
        if request.path in self._denied:
            kept = self._kept[request.path]
            response.status, response.body = kept.status, kept.body
            response.headers.update(
                {"Content-Type": kept.headers["Content-Type"], "ETag": kept.headers["ETag"]}
            )
        self._denied.add(request.path)


def leaves_out_etag(_request: MutableRequest, response: MutableResponse) -> None:
    del response.headers["ETag"]


def adds_a_member(_request: MutableRequest, response: MutableResponse) -> None:
    if response.document.get("type", "").startswith("application/"):
        response.document = {"more": True, **response.document}


def responds_to_deletion_with_a_body(request: MutableRequest, response: MutableResponse) -> None:
    if request.method == "DELETE" and response.status == 204:
        response.status, response.body = 200, b"{}"
        response.headers.update({"Content-Type": "application/json", "Content-Length": "2"})


def loses_the_last_of_a_page(_request: MutableRequest, response: MutableResponse) -> None:
    found = response.document
    if "continue" in found.get("metadata", {}):
        response.document = {**found, "items": found["items"][:-1]}


def lists_the_newest_first(_request: MutableRequest, response: MutableResponse) -> None:
    found = response.document
    if "items" in found:
        response.document = {**found, "items": found["items"][::-1]}


def in_each_resource(
    change: Callable[[dict[str, Any]], None],
) -> ResponseChange:
    """Change every whole resource of a response."""

    def change_all(_request: MutableRequest, response: MutableResponse) -> None:
        found = response.document
        for each in found.get("items", [found]):
            if isinstance(each, dict):
                change(each)
        if found:
            response.document = found

    return change_all


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


def takes_any_tag_for_its_own(request: MutableRequest) -> None:
    if re.search(f"(?<!W/){_SAME_TAG}", request.headers.get("If-Match", "")):
        request.headers["If-Match"] = "*"
    if _SAME_TAG in request.headers.get("If-None-Match", ""):
        request.headers["If-None-Match"] = "*"


def tags_alike(_request: MutableRequest, response: MutableResponse) -> None:
    if "ETag" in response.headers:
        response.headers["ETag"] = _SAME_TAG


def forbids_what_has_changed(_request: MutableRequest, response: MutableResponse) -> None:
    if response.status == 412:
        response.status, response.document = 403, {**response.document, **_FORBIDDEN}


def names_one_fault(_request: MutableRequest, response: MutableResponse) -> None:
    for member in ("invalidFields", "invalidParams"):
        if member in (problem := response.document):
            response.document = {**problem, member: problem[member][:1]}


def forgets(request: MutableRequest, response: MutableResponse) -> None:
    if request.method == "GET" and "/core/v1/executionHooks/" in request.path and response.status == 200:
        _not_found(response)


def _not_found(response: MutableResponse) -> None:
    response.status, response.document = 404, _NOT_FOUND
    response.headers["Content-Type"] = "application/problem+json"
