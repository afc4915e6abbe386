"""Operations on hook sources."""

import json
from dataclasses import dataclass

from execution_hooks.api.lists import ListKind
from execution_hooks.api.representation import Members, members
from execution_hooks.api.requests import (
    collection_url,
    created,
    idempotency_key,
    version_condition,
)
from execution_hooks.api.responses import Answer, Held, Streamed, done, shown
from execution_hooks.domain.hook_source import HookSource
from execution_hooks.domain.hook_source_service import HookSources
from execution_hooks.domain.idempotency import Created
from execution_hooks.http.request_context import Exchange


def _write(source: HookSource) -> Members:
    return members(source.resource())


_LIST = ListKind("application/astra-hookSources", "1.0", _write)


@dataclass(frozen=True)
class HookSourceHandlers:
    """The handlers, with the domain they call and the URL under which clients see this server."""

    sources: HookSources
    public_url: str

    def create(self, exchange: Exchange) -> Held:
        """Answer 201 with the stored resource, or with the first attempt's."""
        collection = collection_url(exchange, self.public_url)

        def answer(stored: Created) -> Answer:
            return created(exchange.media_type, collection, stored)

        # Last: from here on it may be stored.
        outcome = self.sources.create(exchange.document, exchange.known_caller, idempotency_key())
        return Held(outcome, answer)

    def show(self, exchange: Exchange) -> Answer:
        """Answer 200 with the hook source."""
        account_id = exchange.known_caller.account_id
        text = json.dumps(self.sources.find(account_id, exchange.path["hookSource_id"]).resource())
        return shown(exchange.media_type, text, text.encode())

    def list(self, exchange: Exchange) -> Answer | Streamed:
        """Answer 200 with the hook sources of the account."""
        account_id = exchange.known_caller.account_id
        return _LIST.answer(exchange, lambda rows: self.sources.page(account_id, rows))

    def update(self, exchange: Exchange) -> Held:
        """Answer 204 once the hook source is changed."""
        outcome = self.sources.update(
            exchange.document,
            exchange.known_caller,
            exchange.path["hookSource_id"],
            admits=version_condition(),
        )
        return Held(outcome, done)

    def delete(self, exchange: Exchange) -> Held:
        """Answer 204 once the hook source is deleted."""
        source_id = exchange.path["hookSource_id"]
        outcome = self.sources.delete(exchange.known_caller, source_id, admits=version_condition())
        return Held(outcome, done)
