from typing import Literal

HookAction = Literal["backup", "failover", "restore", "snapshot"]

HOOK_ACTION_VALUES: set[HookAction] = {
    "backup",
    "failover",
    "restore",
    "snapshot",
}


def check_hook_action(value: str) -> HookAction:
    if value in HOOK_ACTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_ACTION_VALUES!r}")
