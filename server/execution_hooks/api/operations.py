"""The contract's operations: parse, call, translate. Rules and errors live elsewhere."""

from collections.abc import Mapping

from execution_hooks.api.app_handlers import AppHandlers
from execution_hooks.api.hook_handlers import HookHandlers
from execution_hooks.api.hook_source_handlers import HookSourceHandlers
from execution_hooks.api.responses import Handler

WEIGHTY = frozenset(
    {
        "listExecutionHooks",
        "listAppExecutionHooks",
        "getExecutionHook",
        "getAppExecutionHook",
        "listHookSources",
        "listApps",
    }
)
"""Operations that may take long enough to hold others up: lists, and hooks matched with containers."""


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
