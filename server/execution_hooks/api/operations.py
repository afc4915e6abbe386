"""Which handler each operation of the contract has.

Handlers parse, call and translate. Rules live in the domain, error JSON in problems.
"""

from collections.abc import Callable, Mapping
from typing import Any

from execution_hooks.api.app_handlers import AppHandlers
from execution_hooks.api.hook_handlers import HookHandlers
from execution_hooks.api.hook_source_handlers import HookSourceHandlers

Handler = Callable[..., Any]
"""A plain function, or ``async def`` where it waits for a commit; see http.connexion.operations."""


def by_operation(
    hooks: HookHandlers, sources: HookSourceHandlers, apps: AppHandlers
) -> Mapping[str, Handler]:
    """Return the handlers by operationId."""
    return {
        **{f"create{scope}ExecutionHook": hooks.create for scope in ("", "App")},
        **{f"list{scope}ExecutionHooks": hooks.list for scope in ("", "App")},
        **{f"get{scope}ExecutionHook": hooks.show for scope in ("", "App")},
        **{f"update{scope}ExecutionHook": hooks.update for scope in ("", "App")},
        **{f"delete{scope}ExecutionHook": hooks.delete for scope in ("", "App")},
        "createHookSource": sources.create,
        "listHookSources": sources.list,
        "getHookSource": sources.show,
        "updateHookSource": sources.update,
        "deleteHookSource": sources.delete,
        "listApps": apps.list,
        "getApp": apps.show,
    }
