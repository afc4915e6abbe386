from typing import Literal

HookSourceMediaType = Literal["application/astra-hookSource"]

HOOK_SOURCE_MEDIA_TYPE_VALUES: set[HookSourceMediaType] = {
    "application/astra-hookSource",
}


def check_hook_source_media_type(value: str) -> HookSourceMediaType:
    if value in HOOK_SOURCE_MEDIA_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_SOURCE_MEDIA_TYPE_VALUES!r}")
