"""The stored resources of an account as documents, as the API has them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from execution_hooks.api.app_handlers import write_members as write_app
from execution_hooks.api.hook_json import write_members as write_hook
from execution_hooks.api.hook_source_json import write_members as write_source
from execution_hooks.api.representation import Members, whole
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.directory import Directory
from execution_hooks.store.hook_sources import StoredHookSources
from execution_hooks.store.hooks import StoredHooks

T = TypeVar("T")
Documents = Iterator[dict[str, Any]]


def apps(directory: Directory, account_id: str) -> Documents:
    """Yield the apps of an account, oldest first. Raises UnknownAccount, as the others do."""
    directory.check_account(account_id)
    stored = StoredApps(directory.database)
    return _documents(lambda selection: stored.page(account_id, selection), write_app)


def sources(directory: Directory, account_id: str) -> Documents:
    """Yield the hook sources of an account, oldest first."""
    directory.check_account(account_id)
    stored = StoredHookSources(directory.database)
    return _documents(lambda selection: stored.page(account_id, selection), write_source)


def hooks(directory: Directory, account_id: str) -> Documents:
    """Yield the hooks of an account, oldest first, without what they hit."""
    directory.check_account(account_id)
    stored = StoredHooks(directory.database)
    return _documents(lambda selection: stored.page(account_id, None, selection), write_hook)


def _documents(page_of: Callable[[Selection], Page[T]], write: Callable[[T], Members]) -> Documents:
    selection = Selection()
    while True:
        page = page_of(selection)
        for each in page.items:
            yield json.loads(whole(write(each)))
        if page.next is None:
            return
        selection = replace(selection, after=page.next)
