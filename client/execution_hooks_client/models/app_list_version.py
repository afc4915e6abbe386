from typing import Literal

AppListVersion = Literal["2.0"]

APP_LIST_VERSION_VALUES: set[AppListVersion] = {
    "2.0",
}


def check_app_list_version(value: str) -> AppListVersion:
    if value in APP_LIST_VERSION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APP_LIST_VERSION_VALUES!r}")
