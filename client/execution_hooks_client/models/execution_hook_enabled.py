from typing import Literal

ExecutionHookEnabled = Literal["false", "true"]

EXECUTION_HOOK_ENABLED_VALUES: set[ExecutionHookEnabled] = {
    "false",
    "true",
}


def check_execution_hook_enabled(value: str) -> ExecutionHookEnabled:
    if value in EXECUTION_HOOK_ENABLED_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXECUTION_HOOK_ENABLED_VALUES!r}")
