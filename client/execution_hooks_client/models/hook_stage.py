from typing import Literal

HookStage = Literal["post", "pre"]

HOOK_STAGE_VALUES: set[HookStage] = {
    "post",
    "pre",
}


def check_hook_stage(value: str) -> HookStage:
    if value in HOOK_STAGE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_STAGE_VALUES!r}")
