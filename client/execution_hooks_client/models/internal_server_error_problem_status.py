from typing import Literal

InternalServerErrorProblemStatus = Literal["500"]

INTERNAL_SERVER_ERROR_PROBLEM_STATUS_VALUES: set[InternalServerErrorProblemStatus] = {
    "500",
}


def check_internal_server_error_problem_status(value: str) -> InternalServerErrorProblemStatus:
    if value in INTERNAL_SERVER_ERROR_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {INTERNAL_SERVER_ERROR_PROBLEM_STATUS_VALUES!r}")
