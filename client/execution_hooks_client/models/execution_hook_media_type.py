from typing import Literal

ExecutionHookMediaType = Literal["application/astra-executionHook"]

EXECUTION_HOOK_MEDIA_TYPE_VALUES: set[ExecutionHookMediaType] = {
    "application/astra-executionHook",
}


def check_execution_hook_media_type(value: str) -> ExecutionHookMediaType:
    if value in EXECUTION_HOOK_MEDIA_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXECUTION_HOOK_MEDIA_TYPE_VALUES!r}")
