from typing import Literal

HookSourceVersion = Literal["1.0"]

HOOK_SOURCE_VERSION_VALUES: set[HookSourceVersion] = {
    "1.0",
}


def check_hook_source_version(value: str) -> HookSourceVersion:
    if value in HOOK_SOURCE_VERSION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_VERSION_VALUES!r}")
