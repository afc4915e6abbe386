from typing import Literal

ExecutionHookListMediaType = Literal["application/astra-executionHooks"]

EXECUTION_HOOK_LIST_MEDIA_TYPE_VALUES: set[ExecutionHookListMediaType] = {
    "application/astra-executionHooks",
}


def check_execution_hook_list_media_type(value: str) -> ExecutionHookListMediaType:
    if value in EXECUTION_HOOK_LIST_MEDIA_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXECUTION_HOOK_LIST_MEDIA_TYPE_VALUES!r}")
