from typing import Literal

UnsupportedMediaTypeProblemType = Literal["about:blank"]

UNSUPPORTED_MEDIA_TYPE_PROBLEM_TYPE_VALUES: set[UnsupportedMediaTypeProblemType] = {
    "about:blank",
}


def check_unsupported_media_type_problem_type(value: str) -> UnsupportedMediaTypeProblemType:
    if value in UNSUPPORTED_MEDIA_TYPE_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {UNSUPPORTED_MEDIA_TYPE_PROBLEM_TYPE_VALUES!r}")
