from typing import Literal

NewExecutionHookEnabled = Literal["false", "true"]

NEW_EXECUTION_HOOK_ENABLED_VALUES: set[NewExecutionHookEnabled] = {
    "false",
    "true",
}


def check_new_execution_hook_enabled(value: str) -> NewExecutionHookEnabled:
    if value in NEW_EXECUTION_HOOK_ENABLED_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NEW_EXECUTION_HOOK_ENABLED_VALUES!r}")
