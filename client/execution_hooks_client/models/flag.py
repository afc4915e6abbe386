from typing import Literal

Flag = Literal["false", "true"]

FLAG_VALUES: set[Flag] = {
    "false",
    "true",
}


def check_flag(value: str) -> Flag:
    if value in FLAG_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FLAG_VALUES!r}")
