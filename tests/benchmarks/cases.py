"""Requests whose cost is measured on stores of all sizes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from execution_hooks.api.list_queries import cursor
from execution_hooks.api.representation import timestamp

from .filling import Filled
from .reading import hooks_path

PAGE = 100
"""Hooks of a page."""

_PLACES = {"first": 0.0, "1/4": 0.25, "1/2": 0.5, "3/4": 0.75, "last": 1.0}
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


def other_cases() -> Iterator[Case]:
    """Yield pages of filtered lists, which may cost what a search costs, and one hook."""
    filters: dict[str, Callable[[Filled], str]] = {
        "of one source": lambda filled: f"hookSourceID eq '{filled.account.hook_source_id}'",
        "of one name": lambda _: "name eq 'Payroll 00000500'",
        "names from one on": lambda _: "name gte 'Payroll 00000500'",
        "created since": lambda filled: (
            f"metadata.creationTimestamp gte '{timestamp(filled.position(None, 1).created_at)}'"
        ),
        "none fits": lambda _: "description eq 'none has this'",
    }
    for name, text in filters.items():
        yield Case(f"{name}, page first", _filtered_path(text, 0.0))
    yield Case("created since, page last", _filtered_path(filters["created since"], 1.0))
    yield Case(
        "one hook",
        lambda filled: f"{hooks_path(filled.account.id)}/{filled.position(None, filled.size // 2).id}",
    )


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
