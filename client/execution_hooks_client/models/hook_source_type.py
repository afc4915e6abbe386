from typing import Literal

HookSourceType = Literal["script"]

HOOK_SOURCE_TYPE_VALUES: set[HookSourceType] = {
    "script",
}


def check_hook_source_type(value: str) -> HookSourceType:
    if value in HOOK_SOURCE_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_TYPE_VALUES!r}")
