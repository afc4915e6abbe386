from typing import Literal

TooManyRequestsProblemType = Literal["about:blank"]

TOO_MANY_REQUESTS_PROBLEM_TYPE_VALUES: set[TooManyRequestsProblemType] = {
    "about:blank",
}


def check_too_many_requests_problem_type(value: str) -> TooManyRequestsProblemType:
    if value in TOO_MANY_REQUESTS_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOO_MANY_REQUESTS_PROBLEM_TYPE_VALUES!r}")
