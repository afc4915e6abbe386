from typing import Literal

HookSourceListVersion = Literal["1.0"]

HOOK_SOURCE_LIST_VERSION_VALUES: set[HookSourceListVersion] = {
    "1.0",
}


def check_hook_source_list_version(value: str) -> HookSourceListVersion:
    if value in HOOK_SOURCE_LIST_VERSION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_LIST_VERSION_VALUES!r}")
