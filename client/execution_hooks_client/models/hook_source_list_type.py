from typing import Literal

HookSourceListType = Literal["application/astra-hookSources"]

HOOK_SOURCE_LIST_TYPE_VALUES: set[HookSourceListType] = {
    "application/astra-hookSources",
}


def check_hook_source_list_type(value: str) -> HookSourceListType:
    if value in HOOK_SOURCE_LIST_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_LIST_TYPE_VALUES!r}")
