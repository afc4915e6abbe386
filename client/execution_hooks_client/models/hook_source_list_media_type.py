from typing import Literal

HookSourceListMediaType = Literal["application/astra-hookSources"]

HOOK_SOURCE_LIST_MEDIA_TYPE_VALUES: set[HookSourceListMediaType] = {
    "application/astra-hookSources",
}


def check_hook_source_list_media_type(value: str) -> HookSourceListMediaType:
    if value in HOOK_SOURCE_LIST_MEDIA_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_LIST_MEDIA_TYPE_VALUES!r}")
