"""Requests whose cost is measured on stores of all sizes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from execution_hooks.api.hook_json import FIELDS
from execution_hooks.api.list_queries import cursor
from execution_hooks.api.representation import timestamp
from execution_hooks.store.rows import aware

from .filling import Filled
from .reading import hooks_path

PAGE = 100
"""Hooks of a page."""

_PLACES = {"first": 0.0, "1/4": 0.25, "1/2": 0.5, "3/4": 0.75, "last": 1.0}
_NOT_COMPARED = {"matching_criteria", "arguments"}
_INCLUDE = "id,name,action,stage,enabled"


@dataclass(frozen=True)
class Case:
    """A request that is made on every store: what it is, and its path on a store."""

    name: str
    path: Callable[[Filled], str]


def page_cases() -> Iterator[Case]:
    """Yield pages of the account's list and of an app's, whole and with ``include``."""
    for owner in ("account", "app"):
        for form, query in {"whole": {}, "include": {"include": _INCLUDE}}.items():
            for place, share in _PLACES.items():
                yield Case(f"{owner}, {form}, page {place}", _page_path(owner, share, query))


def filter_cases() -> Iterator[Case]:
    """Yield first pages by each member and operator: with values before all, in their midst, behind all."""
    for member, field in FIELDS.items():
        if field in _NOT_COMPARED:
            continue
        before, behind = (
            ("1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z") if "Timestamp" in member else ("", "~")
        )
        for word in ("eq", "lt", "lte", "gt", "gte"):
            for of, value in (("below all", before), ("in their midst", None), ("above all", behind)):
                text = partial(_comparison, member, word, field, value)
                yield Case(f"{member} {word}, {of}", _filtered_path(text, 0.0))
    yield Case("stage and enabled, none fits both", _filtered_path(_none_of_all, 0.0))
    yield Case("hookSourceID and appID, many fit each, none both", _filtered_path(_none_of_many, 0.0))


def other_cases() -> Iterator[Case]:
    """Yield a page at the end of a filtered list, and one hook."""

    def created_since(filled: Filled) -> str:
        begun = timestamp(filled.position(None, 1).created_at)
        return f"metadata.creationTimestamp gte '{begun}'"

    yield Case("created since, page last", _filtered_path(created_since, 1.0))
    yield Case(
        "one hook",
        lambda filled: f"{hooks_path(filled.account.id)}/{filled.position(None, filled.size // 2).id}",
    )


def _none_of_all(_filled: Filled) -> str:
    return "stage eq 'post', enabled eq 'true'"


def _none_of_many(filled: Filled) -> str:
    return f"hookSourceID eq '{filled.hook(1)['hook_source_id']}', appID eq '{filled.account.app_id}'"


def _comparison(member: str, word: str, field: str, value: str | None, filled: Filled) -> str:
    if value is None:
        found = filled.hook(filled.size // 2)[field]
        value = timestamp(aware(found)) if isinstance(found, datetime) else str(found)
    return f"{member} {word} '{value.lower() if field == 'enabled' else value}'"


def _page_path(owner: str, share: float, query: Mapping[str, str]) -> Callable[[Filled], str]:
    def path(filled: Filled) -> str:
        app_id = filled.account.app_id if owner == "app" else None
        asked = {"limit": str(PAGE), **query, **_after(filled, app_id, share)}
        return f"{hooks_path(filled.account.id, app_id)}?{urlencode(asked)}"

    return path


def _filtered_path(text: Callable[[Filled], str], share: float) -> Callable[[Filled], str]:
    def path(filled: Filled) -> str:
        asked = {"limit": str(PAGE), "filter": text(filled), **_after(filled, None, share)}
        return f"{hooks_path(filled.account.id)}?{urlencode(asked)}"

    return path


def _after(filled: Filled, app_id: str | None, share: float) -> dict[str, str]:
    """Return the ``continue`` of a page that stands at some share of the list."""
    hooks_before = int(share * (filled.hooks(app_id) // PAGE - 1)) * PAGE
    return {"continue": cursor(filled.position(app_id, hooks_before))} if hooks_before else {}
