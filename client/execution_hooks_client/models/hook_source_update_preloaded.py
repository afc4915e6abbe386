from typing import Literal

HookSourceUpdatePreloaded = Literal["false", "true"]

HOOK_SOURCE_UPDATE_PRELOADED_VALUES: set[HookSourceUpdatePreloaded] = {
    "false",
    "true",
}


def check_hook_source_update_preloaded(value: str) -> HookSourceUpdatePreloaded:
    if value in HOOK_SOURCE_UPDATE_PRELOADED_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_UPDATE_PRELOADED_VALUES!r}")
