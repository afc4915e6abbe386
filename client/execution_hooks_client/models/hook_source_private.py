from typing import Literal

HookSourcePrivate = Literal["false", "true"]

HOOK_SOURCE_PRIVATE_VALUES: set[HookSourcePrivate] = {
    "false",
    "true",
}


def check_hook_source_private(value: str) -> HookSourcePrivate:
    if value in HOOK_SOURCE_PRIVATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_PRIVATE_VALUES!r}")
