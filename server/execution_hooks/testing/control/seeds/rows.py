"""Apps, hook sources and hooks of a seed as rows of the store."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from execution_hooks.api.hook_json import read_fields
from execution_hooks.api.representation import read_labels
from execution_hooks.contract.bundled import limits
from execution_hooks.domain.hook import Hook, rule_violations
from execution_hooks.domain.hook_source import HookSource, encoded
from execution_hooks.domain.metadata import NIL, Metadata, new_identifier
from execution_hooks.domain.violations import Violation
from execution_hooks.matching.container_json import read_imported, write_imported
from execution_hooks.store.contents import Row
from execution_hooks.store.hook_sources import source_row
from execution_hooks.store.rows import hook_row, naive_utc

_DEFAULTS = {"version": "1.3", "hookType": "custom"}


def expiry(seconds: int | None, now: datetime) -> int | None:
    """Return when what is valid for some seconds expires, in Unix time; None if it never does."""
    return None if seconds is None else int(now.timestamp()) + seconds


def app_rows(account_id: str, app_id: str, app: Mapping[str, Any], now: datetime) -> tuple[Row, Row | None]:
    """Make the row of an app and, if its containers are known, that of its inventory."""
    created_at = naive_utc(now)
    row = {
        "id": app_id,
        "account_id": account_id,
        "name": app["name"],
        "created_at": created_at,
        "post_failover": app.get("postFailover", True),
        "namespaces": [],
        "inventory": None,
        "modified_at": None,
    }
    if "containers" not in app:
        return row, None
    containers = [read_imported({"podLabels": [], **each}) for each in app["containers"]]
    known = {
        "namespaces": sorted({each.namespace_name for each in containers}),
        "inventory": new_identifier(),
        "modified_at": created_at,
    }
    written = json.dumps([write_imported(each) for each in containers])
    return {**row, **known}, {"app_id": app_id, "containers": written.encode()}


def hook_source_row(account_id: str, source_id: str, source: Mapping[str, Any], now: datetime) -> Row:
    """Make the row of a hook source. Raises InvalidScript."""
    return source_row(
        HookSource(
            id=source_id,
            account_id=account_id,
            name=source["name"],
            source=encoded(source["script"].encode(), limits().longest_script),
            description=source.get("description"),
            metadata=Metadata.new(NIL, now),
            private=source.get("private", False),
            preloaded=source.get("preloaded", False),
            **read_labels(source),
        )
    )


def execution_hook_row(
    account_id: str, hook_id: str, hook: Mapping[str, Any], references: Mapping[str, str], now: datetime
) -> tuple[Row, list[Violation]]:
    """Make the row of a hook, and its violations; ``references`` are its ``appID`` and ``hookSourceID``."""
    fields = read_fields({**_DEFAULTS, **hook, **references})
    made = Hook(**fields, id=hook_id, account_id=account_id, metadata=Metadata.new(NIL, now))
    return hook_row(made), rule_violations(made, None)
