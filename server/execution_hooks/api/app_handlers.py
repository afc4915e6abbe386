"""Operations on apps."""

import json
from dataclasses import dataclass
from typing import Protocol

from execution_hooks.api.lists import ListKind
from execution_hooks.api.representation import Members, members
from execution_hooks.api.responses import Answer, Streamed, shown
from execution_hooks.domain.app import App
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.http.request_context import Exchange


class Apps(Protocol):
    """Where apps are looked up."""

    def find(self, account_id: str, app_id: str) -> App:
        """Return an app. Raises UnknownResource."""

    def page(self, account_id: str, selection: Selection) -> Page[App]:
        """Return the selected apps, oldest first."""


def _write(app: App) -> Members:
    return members(app.resource())


_LIST = ListKind("application/astra-apps", "2.0", _write)


@dataclass(frozen=True)
class AppHandlers:
    """The handlers, with the domain they call."""

    apps: Apps

    def show(self, exchange: Exchange) -> Answer:
        """Answer 200 with the app."""
        account_id = exchange.known_caller.account_id
        text = json.dumps(self.apps.find(account_id, exchange.path["app_id"]).resource())
        return shown(exchange.media_type, text, text.encode())

    def list(self, exchange: Exchange) -> Answer | Streamed:
        """Answer 200 with the apps of the account."""
        account_id = exchange.known_caller.account_id
        return _LIST.answer(exchange, lambda rows: self.apps.page(account_id, rows))
