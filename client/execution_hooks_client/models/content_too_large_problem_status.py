from typing import Literal

ContentTooLargeProblemStatus = Literal["413"]

CONTENT_TOO_LARGE_PROBLEM_STATUS_VALUES: set[ContentTooLargeProblemStatus] = {
    "413",
}


def check_content_too_large_problem_status(value: str) -> ContentTooLargeProblemStatus:
    if value in CONTENT_TOO_LARGE_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CONTENT_TOO_LARGE_PROBLEM_STATUS_VALUES!r}")
