"""Each create is carried out once, whatever happens to requests and responses on their way."""

import asyncio
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TypedDict

from execution_hooks.domain.access import Role
from execution_hooks_client import AsyncExecutionHooks, ExecutionHooks, Retries
from execution_hooks_client.models import HookAction, HookStage
from harness.accounts import Account
from harness.lossy_proxy import LossyProxy, lossy_proxy
from harness.processes import Server

CREATES = int(os.environ.get("CREATES", "200"))
"""By each of the client's two ways."""
AT_ONCE = 8
SEED = 20261126
FAULTS = {"cut before", "cut after", "double", "delay", "refuse"}


def test_every_create_makes_one_hook_and_no_error_reaches_the_caller(
    server: Server, account: Account
) -> None:
    names = [f"once {number}" for number in range(CREATES)]
    with (
        lossy_proxy(server.url, SEED) as proxy,
        _api(proxy, account) as api,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        created = list(pool.map(lambda name: api.hooks.create(name=name, **_new(account)), names))

    assert [hook.name for hook in created] == names
    assert _stored(server, account, "once ") == Counter(names)
    assert set(proxy.faults) >= FAULTS


def test_every_create_makes_one_hook_by_asyncio_too(server: Server, account: Account) -> None:
    names = [f"once by asyncio {number}" for number in range(CREATES)]

    async def create(proxy: LossyProxy) -> None:
        token = account.tokens[Role.MEMBER]
        at_once = asyncio.Semaphore(AT_ONCE)
        async with AsyncExecutionHooks(proxy.url, token, account.id, retries=_retries()) as api:

            async def one(name: str) -> None:
                async with at_once:
                    await api.hooks.create(name=name, **_new(account))

            await asyncio.gather(*map(one, names))

    with lossy_proxy(server.url, SEED) as proxy:
        asyncio.run(create(proxy))

    assert _stored(server, account, "once by") == Counter(names)
    assert set(proxy.faults) >= FAULTS


def _api(proxy: LossyProxy, account: Account) -> ExecutionHooks:
    return ExecutionHooks(proxy.url, account.tokens[Role.MEMBER], account.id, retries=_retries())


def _retries() -> Retries:
    """As many as the client has by itself, without the pauses."""

    async def sleep(_: float) -> None:
        return None

    return Retries(sleep=lambda _: None, sleep_async=sleep)


class _New(TypedDict):
    """What all hooks of a test have in common."""

    action: HookAction
    stage: HookStage
    hook_source_id: str
    app_id: str


def _new(account: Account) -> _New:
    return {
        "action": "snapshot",
        "stage": "pre",
        "hook_source_id": account.hook_source_id,
        "app_id": account.app_id,
    }


def _stored(server: Server, account: Account, prefix: str) -> Counter[str]:
    """Count the stored hooks of the account by name."""
    with ExecutionHooks(server.url, account.tokens[Role.VIEWER], account.id) as api:
        return Counter(hook.name for hook in api.hooks.list(page_size=1000) if hook.name.startswith(prefix))
