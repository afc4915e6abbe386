from typing import Literal

HookType = Literal["custom", "netapp"]

HOOK_TYPE_VALUES: set[HookType] = {
    "custom",
    "netapp",
}


def check_hook_type(value: str) -> HookType:
    if value in HOOK_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_TYPE_VALUES!r}")
