"""Resources as JSON, and the responses that carry them: members, metadata, entity tags, conditions, keys."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, TypeVar

import orjson
from werkzeug.http import parse_etags

from execution_hooks.domain.access import Caller
from execution_hooks.domain.idempotency import Attempt
from execution_hooks.domain.metadata import Label, Metadata
from execution_hooks.http.request_context import Headers, RequestContext

T = TypeVar("T")

KEY_HEADER = "idempotency-key"

METADATA_FIELDS = {
    "metadata.creationTimestamp": "created_at",
    "metadata.modificationTimestamp": "modified_at",
    "metadata.createdBy": "created_by",
    "metadata.modifiedBy": "modified_by",
}
"""The fields of metadata that filters compare, by the paths of their members."""

Members = Mapping[str, Any]
"""The members of a resource by name, in the documented order: what orjson writes, JSON text as a Fragment."""

Response = tuple[bytes | Iterator[bytes], HTTPStatus, dict[str, str]]
"""The body whole, or in pieces that are made as they are sent; the status; headers but Content-Type."""

NO_CONTENT: Response = (b"", HTTPStatus.NO_CONTENT, {})
"""204, after an update or a deletion."""

whole: Callable[[Members], bytes] = orjson.dumps
"""Write a resource as an object."""


def chosen(members: Members, names: Iterable[str]) -> bytes:
    """Write the members of these names as an array, null for what the resource lacks."""
    return orjson.dumps([members.get(name) for name in names])


def write_metadata(metadata: Metadata, labels: Sequence[Label] = ()) -> dict[str, Any]:
    """Write the contract's Metadata."""
    created = modified = timestamp(metadata.created_at)
    if metadata.modified_at is not metadata.created_at:
        modified = timestamp(metadata.modified_at)
    document = {
        "labels": list(map(Label._asdict, labels)),
        "creationTimestamp": created,
        "modificationTimestamp": modified,
        "createdBy": metadata.created_by,
    }
    return document if metadata.modified_by is None else {**document, "modifiedBy": metadata.modified_by}


def read_metadata(document: Mapping[str, Any]) -> Metadata:
    """Read what ``write_metadata`` wrote, but for the labels."""
    return Metadata(
        created_at=datetime.fromisoformat(document["creationTimestamp"]),
        created_by=document["createdBy"],
        modified_at=datetime.fromisoformat(document["modificationTimestamp"]),
        modified_by=document.get("modifiedBy"),
    )


def read_labels(body: Mapping[str, Any]) -> dict[str, tuple[Label, ...]]:
    """Read the labels that a body's metadata sets, by the name of their field; nothing if it sets none."""
    labels = body.get("metadata", {}).get("labels")
    return {} if labels is None else {"labels": tuple(Label(**label) for label in labels)}


def flag(value: bool) -> str:  # noqa: FBT001 what is written
    """Write a yes or no as the API does."""
    return "true" if value else "false"


def timestamp(moment: datetime) -> str:
    """Write a moment: ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def ok(body: bytes | Iterator[bytes]) -> Response:
    """Return 200."""
    return body, HTTPStatus.OK, {}


def found(members: Members, *, computed: Sequence[str] = ()) -> Response:
    """Return 200 with a resource; ``computed`` are members as in ``entity_tag``."""
    return whole(members), HTTPStatus.OK, {"ETag": entity_tag(members, computed)}


def created(
    request: RequestContext, members: Members, *, computed: Sequence[str] = (), replayed: bool
) -> Response:
    """Return 201 with what was created, now or, if ``replayed``, by the first attempt.

    ``computed`` are members as in ``entity_tag``.
    """
    url = f"{request.origin}{request.request_path}/{members['id']}"
    headers = {"Location": url, "ETag": entity_tag(members, computed)}
    if replayed:
        headers["Idempotency-Replayed"] = "true"
    return whole(members), HTTPStatus.CREATED, headers


def entity_tag(members: Members, computed: Sequence[str] = ()) -> str:
    """Compute the strong validator (RFC 9110, section 8.8.3) of a resource.

    It changes whenever the stored resource does; the members ``computed`` when it is read are left out.
    """
    stored = dict(members)
    for name in computed:
        stored.pop(name, None)
    return f'"{hashlib.blake2b(whole(stored), digest_size=16).hexdigest()}"'


def condition(headers: Headers, write: Callable[[T], Members]) -> Callable[[T], bool]:
    """Return which resources If-Match and If-None-Match admit; without these headers, every one.

    The former compares strongly, the latter weakly (RFC 9110, sections 13.1.1 and 13.1.2). ``write`` writes
    the members that an entity tag is made of.
    """
    wanted, unwanted = (parse_etags(headers.get(name, (None,))[0]) for name in ("if-match", "if-none-match"))

    def admits(resource: T) -> bool:
        opaque = entity_tag(write(resource)).strip('"')
        return (not wanted or wanted.contains(opaque)) and not unwanted.contains_weak(opaque)

    return admits if wanted or unwanted else lambda _resource: True


def attempt(
    headers: Headers,
    caller: Caller,
    body: Mapping[str, Any],
    write: Callable[[T], bytes],
    read: Callable[[bytes, str], T],
) -> Attempt[T] | None:
    """Return which attempt at a creation this is, by its Idempotency-Key; None without one.

    ``write`` and ``read`` turn a resource into JSON and, with the account's id, back.
    """
    if KEY_HEADER not in headers:
        return None
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    fingerprint = hashlib.sha256(canonical).digest()
    key = headers[KEY_HEADER][0]
    return Attempt(key, caller.user_id, fingerprint, write, lambda text: read(text, caller.account_id))
