"""What the peer makes of an update: the row that it changes a hook to."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json, to_json

from . import peer_problems as problems
from .peer_models import (
    Arguments,
    Criteria,
    Description,
    Identifier,
    MatchingCriterion,
    Name,
    NewMetadata,
)
from .peer_resource import read_hook


class HookUpdate(BaseModel):
    """What a client wants a hook to become; ``model_fields_set`` has what it sent."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["application/astra-executionHook"]
    version: Literal["1.0", "1.1", "1.2", "1.3"]
    id: Identifier = ""
    name: Name = ""
    hookType: Literal["netapp", "custom"] = "custom"  # noqa: N815 - the wire's name
    matchingCriteria: Criteria = Field(default_factory=list)  # noqa: N815 - the wire's name
    matchingContainers: list[dict[str, Any]] = Field(default_factory=list)  # noqa: N815 - the wire's name
    matchingImages: Annotated[list[str], Field(max_length=4095)] = Field(  # noqa: N815 - the wire's name
        default_factory=list
    )
    action: Literal["snapshot", "backup", "restore", "failover"] = "snapshot"
    stage: Literal["pre", "post"] = "pre"
    hookSourceID: Identifier = ""  # noqa: N815 - the wire's name
    arguments: Arguments = Field(default_factory=list)
    appID: Identifier = ""  # noqa: N815 - the wire's name
    enabled: Literal["true", "false"] = "true"
    description: Description = ""
    metadata: NewMetadata = Field(default_factory=NewMetadata)


def _criteria_text(criteria: list[MatchingCriterion]) -> str:
    return to_json([{"type": each.type, "value": each.value} for each in criteria]).decode()


def _json_text(value: object) -> str:
    return to_json(value).decode()


_COLUMNS: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "version": ("version", str),
    "name": ("name", str),
    "hookType": ("hook_type", str),
    "matchingCriteria": ("matching_criteria", _criteria_text),
    "action": ("action", str),
    "stage": ("stage", str),
    "hookSourceID": ("hook_source_id", str),
    "arguments": ("arguments", _json_text),
    "appID": ("app_id", str),
    "enabled": ("enabled", "true".__eq__),
    "description": ("description", str),
}
"""The column of each member that can be changed, and how it is written there."""


def parsed_update(body: bytes) -> HookUpdate:
    """Read a body. Raises Problem with each violation."""
    try:
        return HookUpdate.model_validate_json(body)
    except ValidationError as error:
        raise problems.invalid_body(error.errors()) from None


def check_meant(row: Mapping[str, Any], if_match: str | None) -> None:
    """Raise Problem unless the request is meant for a custom hook as it is now."""
    if row["hook_type"] == "netapp":
        raise problems.read_only()
    if if_match not in {None, "*"} and tag(read_hook(row, {})) not in (if_match or ""):
        raise problems.changed_meanwhile()


def changed_columns(row: Mapping[str, Any], update: HookUpdate, user_id: str) -> dict[str, Any]:
    """Return the columns that an update changes. Raises Problem if the hook may not become that."""
    sent = update.model_fields_set
    if "id" in sent and update.id != row["id"]:
        raise problems.other_id()
    columns = {
        column: write(getattr(update, member))
        for member, (column, write) in _COLUMNS.items()
        if member in sent
    }
    if "labels" in update.metadata.model_fields_set:
        columns["labels"] = _json_text([label.model_dump() for label in update.metadata.labels])
    changed = {**row, **columns}
    if changed["stage"] == "pre" and changed["action"] in {"restore", "failover"}:
        raise problems.broken_rules([("/stage", "restore and failover have a post stage only")])
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {**columns, "modified_at": now, "modified_by": user_id}


def criteria_of(changed: Mapping[str, Any]) -> list[str]:
    """Return the patterns of a hook's criteria."""
    return [criterion["value"] for criterion in from_json(changed["matching_criteria"])]


def tag(content: bytes) -> str:
    """Compute the entity tag of a hook as it is stored."""
    return f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
