from typing import Literal

MethodNotAllowedProblemType = Literal["https://astra.netapp.io/problems/69"]

METHOD_NOT_ALLOWED_PROBLEM_TYPE_VALUES: set[MethodNotAllowedProblemType] = {
    "https://astra.netapp.io/problems/69",
}


def check_method_not_allowed_problem_type(value: str) -> MethodNotAllowedProblemType:
    if value in METHOD_NOT_ALLOWED_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {METHOD_NOT_ALLOWED_PROBLEM_TYPE_VALUES!r}")
