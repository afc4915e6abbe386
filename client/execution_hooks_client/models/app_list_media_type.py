from typing import Literal

AppListMediaType = Literal["application/astra-apps"]

APP_LIST_MEDIA_TYPE_VALUES: set[AppListMediaType] = {
    "application/astra-apps",
}


def check_app_list_media_type(value: str) -> AppListMediaType:
    if value in APP_LIST_MEDIA_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APP_LIST_MEDIA_TYPE_VALUES!r}")
