"""What handlers answer with, and in which of three ways: at once, held back, or in pieces."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from execution_hooks.api.entity_tags import entity_tag
from execution_hooks.http.request_context import Exchange

Answer = tuple[bytes, HTTPStatus, dict[str, str]]
"""What to send: the body, the status, and the headers, Content-Type among them."""


@dataclass(frozen=True, slots=True)
class Held:
    """An answer held back until what it tells is true: ``answer`` makes it from the outcome, once there.

    By then a write is stored, and nothing may hide that any more: so ``answer`` does nothing that can fail.
    What can, or takes long, is for ``fuller_body``, which makes the body that replaces the answer's. If it
    fails, the answer goes out as it was.
    """

    outcome: Future[Any]
    answer: Callable[[Any], Answer]
    fuller_body: Callable[[Any], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Streamed:
    """An answer of 200 in pieces, each made when the one before it has been sent."""

    media_type: str
    pieces: Iterator[bytes]


Handler = Callable[[Exchange], Answer | Held | Streamed]


def shown(media_type: str, body: str, resource: bytes) -> Answer:
    """Answer 200 with a resource; ``resource`` is its JSON as stored, which the entity tag is made of."""
    return body.encode(), HTTPStatus.OK, {"Content-Type": media_type, "ETag": entity_tag(resource)}


def done(_outcome: object = None) -> Answer:
    """Answer 204, without a body."""
    return b"", HTTPStatus.NO_CONTENT, {}
