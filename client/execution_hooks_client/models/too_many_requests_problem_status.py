from typing import Literal

TooManyRequestsProblemStatus = Literal["429"]

TOO_MANY_REQUESTS_PROBLEM_STATUS_VALUES: set[TooManyRequestsProblemStatus] = {
    "429",
}


def check_too_many_requests_problem_status(value: str) -> TooManyRequestsProblemStatus:
    if value in TOO_MANY_REQUESTS_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOO_MANY_REQUESTS_PROBLEM_STATUS_VALUES!r}")
