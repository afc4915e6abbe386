from typing import Literal

AppListType = Literal["application/astra-apps"]

APP_LIST_TYPE_VALUES: set[AppListType] = {
    "application/astra-apps",
}


def check_app_list_type(value: str) -> AppListType:
    if value in APP_LIST_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APP_LIST_TYPE_VALUES!r}")
