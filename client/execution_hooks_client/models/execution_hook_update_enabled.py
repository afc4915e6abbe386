from typing import Literal

ExecutionHookUpdateEnabled = Literal["false", "true"]

EXECUTION_HOOK_UPDATE_ENABLED_VALUES: set[ExecutionHookUpdateEnabled] = {
    "false",
    "true",
}


def check_execution_hook_update_enabled(value: str) -> ExecutionHookUpdateEnabled:
    if value in EXECUTION_HOOK_UPDATE_ENABLED_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXECUTION_HOOK_UPDATE_ENABLED_VALUES!r}")
