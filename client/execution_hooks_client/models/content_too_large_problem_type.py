from typing import Literal

ContentTooLargeProblemType = Literal["https://astra.netapp.io/problems/85"]

CONTENT_TOO_LARGE_PROBLEM_TYPE_VALUES: set[ContentTooLargeProblemType] = {
    "https://astra.netapp.io/problems/85",
}


def check_content_too_large_problem_type(value: str) -> ContentTooLargeProblemType:
    if value in CONTENT_TOO_LARGE_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CONTENT_TOO_LARGE_PROBLEM_TYPE_VALUES!r}")
