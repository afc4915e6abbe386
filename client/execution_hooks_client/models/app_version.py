from typing import Literal

AppVersion = Literal["2.0"]

APP_VERSION_VALUES: set[AppVersion] = {
    "2.0",
}


def check_app_version(value: str) -> AppVersion:
    if value in APP_VERSION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APP_VERSION_VALUES!r}")
