from typing import Literal

AppMediaType = Literal["application/astra-app"]

APP_MEDIA_TYPE_VALUES: set[AppMediaType] = {
    "application/astra-app",
}


def check_app_media_type(value: str) -> AppMediaType:
    if value in APP_MEDIA_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APP_MEDIA_TYPE_VALUES!r}")
