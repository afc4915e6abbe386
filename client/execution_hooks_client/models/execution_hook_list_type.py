from typing import Literal

ExecutionHookListType = Literal["application/astra-executionHooks"]

EXECUTION_HOOK_LIST_TYPE_VALUES: set[ExecutionHookListType] = {
    "application/astra-executionHooks",
}


def check_execution_hook_list_type(value: str) -> ExecutionHookListType:
    if value in EXECUTION_HOOK_LIST_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXECUTION_HOOK_LIST_TYPE_VALUES!r}")
