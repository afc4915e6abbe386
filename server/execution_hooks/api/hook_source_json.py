"""Hook sources as JSON: what bodies set and claim, and the resource."""

from collections.abc import Mapping
from typing import Any, cast

import orjson

from execution_hooks.api.representation import (
    METADATA_FIELDS,
    Members,
    flag,
    read_labels,
    read_metadata,
    whole,
    write_metadata,
)
from execution_hooks.domain.hook_source import HookSource, HookSourceClaims, HookSourceFields

FIELDS = {
    "id": "id",
    "name": "name",
    "description": "description",
    "private": "private",
    "preloaded": "preloaded",
    "sourceMD5Checksum": "checksum",
    **METADATA_FIELDS,
}
"""The fields that filters compare, by the paths of their members."""


def read_fields(body: Mapping[str, Any]) -> HookSourceFields:
    """Read what a body of NewHookSource or HookSourceUpdate sets."""
    fields = {name: body[name] for name in ("name", "source", "description") if name in body}
    return cast("HookSourceFields", {**fields, **read_labels(body)})


def read_claims(body: Mapping[str, Any]) -> HookSourceClaims:
    """Read what a body has for fields that only the server sets."""
    claims: dict[str, Any] = {name: body[name] == "true" for name in ("private", "preloaded") if name in body}
    for name, field in (("id", "id"), ("sourceMD5Checksum", "checksum")):
        if name in body:
            claims[field] = body[name]
    return cast("HookSourceClaims", claims)


def write_members(source: HookSource) -> Members:
    """Write each member of the contract's HookSource, in the documented order."""
    document = {
        "type": "application/astra-hookSource",
        "version": "1.0",
        "id": source.id,
        "name": source.name,
        "private": flag(source.private),
        "preloaded": flag(source.preloaded),
        "sourceType": "script",
        "source": source.source,
        "sourceMD5Checksum": source.checksum,
        "description": source.description,
        "metadata": write_metadata(source.metadata, source.labels),
    }
    if source.private:
        del document["source"]
    if source.description is None:
        del document["description"]
    return document


def write_source(source: HookSource) -> bytes:
    """Write the contract's HookSource."""
    return whole(write_members(source))


def read_source(text: bytes, account_id: str) -> HookSource:
    """Read what ``write_source`` wrote of a hook source of this account that is not private."""
    document = orjson.loads(text)
    metadata = read_metadata(document["metadata"])
    return HookSource(**read_fields(document), id=document["id"], account_id=account_id, metadata=metadata)
