"""Operations on apps."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from execution_hooks.api.list_queries import selection
from execution_hooks.api.lists import ListKind
from execution_hooks.api.representation import METADATA_FIELDS, Members, Response, found, write_metadata
from execution_hooks.domain.app import App
from execution_hooks.domain.listing import Page, Selection
from execution_hooks.http.request_context import RequestContext


class Apps(Protocol):
    """Where apps are looked up."""

    def find(self, account_id: str, app_id: str) -> App:
        """Return an app. Raises UnknownResource."""

    def page(self, account_id: str, selection: Selection) -> Page[App]:
        """Return the selected apps, oldest first."""


def write_members(app: App) -> Members:
    """Write each member of the contract's App, in the documented order."""
    return {
        "type": "application/astra-app",
        "version": "2.0",
        "id": app.id,
        "name": app.name,
        "namespaces": app.namespaces,
        "state": "ready" if app.discovered else "discovering",
        "metadata": write_metadata(app.metadata),
    }


_LIST = ListKind("application/astra-apps", "2.0", write_members)
_FIELDS = {"id": "id", "name": "name", "state": "state", **METADATA_FIELDS}
"""The fields that filters compare, by the paths of their members."""


@dataclass(frozen=True)
class AppHandlers:
    """The handlers, with the domain they call."""

    apps: Apps

    def show(self, account_id: str, app_id: str) -> Response:
        """Return 200 with the app."""
        return found(write_members(self.apps.find(account_id, app_id)))

    def list(
        self,
        account_id: str,
        request: RequestContext,
        **query: Any,  # noqa: ANN401 the parameters of ``selection``
    ) -> Response:
        """Return 200 with the apps of the account."""
        asked = selection(_FIELDS, **query)
        return _LIST.respond(asked, partial(self.apps.page, account_id), is_head=request.is_head)
