from typing import Literal

AppState = Literal["discovering", "ready"]

APP_STATE_VALUES: set[AppState] = {
    "discovering",
    "ready",
}


def check_app_state(value: str) -> AppState:
    if value in APP_STATE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {APP_STATE_VALUES!r}")
