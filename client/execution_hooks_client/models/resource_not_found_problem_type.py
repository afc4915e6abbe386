from typing import Literal

ResourceNotFoundProblemType = Literal["https://astra.netapp.io/problems/1"]

RESOURCE_NOT_FOUND_PROBLEM_TYPE_VALUES: set[ResourceNotFoundProblemType] = {
    "https://astra.netapp.io/problems/1",
}


def check_resource_not_found_problem_type(value: str) -> ResourceNotFoundProblemType:
    if value in RESOURCE_NOT_FOUND_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RESOURCE_NOT_FOUND_PROBLEM_TYPE_VALUES!r}")
