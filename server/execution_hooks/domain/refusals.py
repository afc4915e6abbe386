"""The order of refusals: which reason a request is refused for, where several apply."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

T = TypeVar("T")


class Refusal(Enum):
    """A reason to refuse a request. The first that applies, from top to bottom, decides on the response.

    DECISIONS.md shows this list, in these words, with the problem of each. Every layer, service and store
    takes its checks in this order, by ``in_order`` or ``refuse``; the layers, too, stand in it, from the wire
    to the store.
    """

    ROUTE = "route"
    TOKEN = "bearer token"  # noqa: S105 the words for a refusal
    RATE = "rate of the token"
    ACCOUNT = "account"
    ROLE = "role, and the collections of the token"
    HOOKS_SWITCHED_OFF = "hooks switched off"
    MEDIA_TYPE = "`Content-Type` and `Content-Encoding`"
    ACCEPT = "`Accept`"
    SIZE = "size of the body"
    IN_FLIGHT = "requests in flight"
    QUERY = "query"
    HEADERS = "headers"
    JSON = "JSON"
    SCHEMA = "schema"
    RESOURCE = "what else the path names"
    READ_ONLY = "read only"
    VERSION = "`If-Match`, `If-None-Match`"
    UNCHANGEABLE = "members that never change"
    RULES = "references, patterns, stage, script"
    ELIGIBLE = "app not eligible"
    IN_USE = "source in use"
    NAME = "name"


def in_order(checks: Mapping[Refusal, T]) -> tuple[T, ...]:
    """Return the checks for some refusals in the order of all."""
    return tuple(checks[refusal] for refusal in Refusal if refusal in checks)


def refuse(reasons: Mapping[Refusal, object]) -> None:
    """Raise the first reason, in the order of all. One that does not apply is anything but an exception."""
    for reason in in_order(reasons):
        if isinstance(reason, Exception):
            raise reason
