from typing import Literal

InternalServerErrorProblemType = Literal["https://astra.netapp.io/problems/34"]

INTERNAL_SERVER_ERROR_PROBLEM_TYPE_VALUES: set[InternalServerErrorProblemType] = {
    "https://astra.netapp.io/problems/34",
}


def check_internal_server_error_problem_type(value: str) -> InternalServerErrorProblemType:
    if value in INTERNAL_SERVER_ERROR_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {INTERNAL_SERVER_ERROR_PROBLEM_TYPE_VALUES!r}")
