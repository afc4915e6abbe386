from typing import Literal

ExecutionHookListVersion = Literal["1.3"]

EXECUTION_HOOK_LIST_VERSION_VALUES: set[ExecutionHookListVersion] = {
    "1.3",
}


def check_execution_hook_list_version(value: str) -> ExecutionHookListVersion:
    if value in EXECUTION_HOOK_LIST_VERSION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXECUTION_HOOK_LIST_VERSION_VALUES!r}")
