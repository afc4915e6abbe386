"""Servers that let the wrong people in, or tell them the wrong thing."""

import os
from collections.abc import Mapping

from conformance.mutation.behaviours.registry import CREATE, DELETE, LIST, READ, UPDATE, breaks
from conformance.mutation.mutating import Course, MutableRequest
from execution_hooks_conformance.facts import Facts


def _own() -> Facts:
    return Facts.from_environment(os.environ)


def _let_in(request: MutableRequest) -> None:
    request.headers["Authorization"] = _own().authorization


@breaks("TOKEN-REQUIRED", at=CREATE)
def lets_anyone_in(request: MutableRequest) -> Course:
    """Authentication left to a proxy that is not there."""
    _let_in(request)
    yield


@breaks("TOKEN-REQUIRED", at=READ)
def lets_anyone_read(request: MutableRequest) -> Course:
    """A route that was added without the decorator that authenticates."""
    _let_in(request)
    yield


@breaks("TOKEN-REQUIRED", at=CREATE)
def takes_any_token(request: MutableRequest) -> Course:
    """A token that is decoded and not verified."""
    if request.headers.get("Authorization", "").startswith("Bearer "):
        _let_in(request)
    yield


@breaks("TOKEN-REQUIRED", at=CREATE)
def takes_tokens_of_any_scheme(request: MutableRequest) -> Course:
    """A header that is split at the space, and whose last word counts."""
    if request.headers.get("Authorization", "").rpartition(" ")[2] == _own().token:
        _let_in(request)
    yield


@breaks("TOKEN-REQUIRED", at=CREATE)
def forbids_where_nobody_is_known(request: MutableRequest) -> Course:
    """A 403 for whoever may not, known or not."""
    del request
    response = yield
    if response.status == 401:
        response.become(403, 11, "Operation not permitted", "The requested operation isn't permitted.")


@breaks("TOKEN-REQUIRED", at=CREATE)
def takes_a_missing_token_for_a_wrong_one(request: MutableRequest) -> Course:
    """One branch for both cases of 401."""
    del request
    response = yield
    if response.status == 401:
        response.document = {
            **response.document,
            "type": "https://astra.netapp.io/problems/4",
            "title": "Invalid bearer token",
        }


@breaks("TOKEN-REQUIRED", at=CREATE)
def reads_the_body_before_the_token(request: MutableRequest) -> Course:
    """Validation as a layer outside authentication."""
    is_empty = "name" not in request.document
    response = yield
    if response.status == 401 and is_empty:
        response.become(400, 8, "Invalid JSON resource", "The body doesn't conform to the schema.")


@breaks("RESPONSE-HEADERS", at=CREATE)
def does_not_say_how_to_authenticate(request: MutableRequest) -> Course:
    """A 401 made by hand, without WWW-Authenticate."""
    del request
    response = yield
    del response.headers["WWW-Authenticate"]


def _as_member(request: MutableRequest) -> None:
    if request.headers.get("Authorization") == f"Bearer {_own().viewer_token}":
        _let_in(request)


@breaks("ROLE-ENOUGH", at=CREATE)
def lets_viewers_create(request: MutableRequest) -> Course:
    """Roles that are checked in the user interface."""
    _as_member(request)
    yield


@breaks("ROLE-ENOUGH", at=UPDATE)
def lets_viewers_update(request: MutableRequest) -> Course:
    """A role that is checked for POST, when there was nothing else."""
    _as_member(request)
    yield


@breaks("ROLE-ENOUGH", at=DELETE)
def lets_viewers_delete(request: MutableRequest) -> Course:
    """A role that is checked where a body is read."""
    _as_member(request)
    yield


def _in_own_account(request: MutableRequest) -> None:
    parts = request.path.split("/")
    request.go_to("/".join([*parts[:2], _own().account_id, *parts[3:]]))


@breaks("ACCOUNT-UNKNOWN", at=CREATE)
def takes_any_account_for_the_own_one(request: MutableRequest) -> Course:
    """The account of the token, whatever the path says."""
    _in_own_account(request)
    yield


@breaks("ACCOUNT-UNKNOWN", at=LIST)
def lists_any_account_as_the_own_one(request: MutableRequest) -> Course:
    """A list by the account of the token, whatever the path says."""
    _in_own_account(request)
    yield


@breaks("ACCOUNT-UNKNOWN", at=CREATE)
def tells_that_an_account_exists(request: MutableRequest) -> Course:
    """A 403 for an account of others, and a 404 for none."""
    foreign = (_own().foreign_account_id or "none") in request.path
    response = yield
    if foreign and response.status == 404:
        response.become(403, 11, "Operation not permitted", "The requested operation isn't permitted.")


@breaks("ACCOUNT-UNKNOWN", at=CREATE)
def lets_tokens_of_others_in(request: MutableRequest) -> Course:
    """A token that counts in every account."""
    if request.headers.get("Authorization") == f"Bearer {_own().foreign_token}":
        _let_in(request)
    yield


@breaks("ACCOUNT-UNKNOWN", at=CREATE)
def takes_an_unknown_account_for_an_unknown_resource(request: MutableRequest) -> Course:
    """One problem for all that is not found."""
    del request
    response = yield
    if response.status == 404:
        found: Mapping[str, object] = response.document
        one = {"type": "https://astra.netapp.io/problems/1", "title": "Resource not found"}
        response.document = {**found, **one, "detail": "The resource in the URI wasn't found."}
