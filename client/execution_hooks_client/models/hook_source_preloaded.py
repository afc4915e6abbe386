from typing import Literal

HookSourcePreloaded = Literal["false", "true"]

HOOK_SOURCE_PRELOADED_VALUES: set[HookSourcePreloaded] = {
    "false",
    "true",
}


def check_hook_source_preloaded(value: str) -> HookSourcePreloaded:
    if value in HOOK_SOURCE_PRELOADED_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_PRELOADED_VALUES!r}")
