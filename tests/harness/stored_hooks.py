"""Hooks created by the service that the API uses, but without HTTP."""

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from execution_hooks.api.hook_json import read_fields, read_hook, write_hook
from execution_hooks.api.representation import KEY_HEADER, attempt
from execution_hooks.domain.access import Caller
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.domain.idempotency import Created


def create_hook(
    hooks: Hooks, body: Mapping[str, Any], caller: Caller, key: str | None = None
) -> Future[Created[Hook]]:
    """Create a hook from a body that conforms to the contract, with an idempotency key if one is given."""
    headers = {} if key is None else {KEY_HEADER: [key]}
    return hooks.create(read_fields(body), caller, attempt(headers, caller, body, write_hook, read_hook))


def provide_hook(hooks: Hooks, body: Mapping[str, Any], account_id: str) -> str:
    """Create a hook that comes with the product; return its id."""
    return hooks.provide(read_fields(body), account_id).result().resource.id
