from typing import Literal

HookSourceUpdatePrivate = Literal["false", "true"]

HOOK_SOURCE_UPDATE_PRIVATE_VALUES: set[HookSourceUpdatePrivate] = {
    "false",
    "true",
}


def check_hook_source_update_private(value: str) -> HookSourceUpdatePrivate:
    if value in HOOK_SOURCE_UPDATE_PRIVATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_UPDATE_PRIVATE_VALUES!r}")
