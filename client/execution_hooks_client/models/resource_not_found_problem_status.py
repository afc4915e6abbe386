from typing import Literal

ResourceNotFoundProblemStatus = Literal["404"]

RESOURCE_NOT_FOUND_PROBLEM_STATUS_VALUES: set[ResourceNotFoundProblemStatus] = {
    "404",
}


def check_resource_not_found_problem_status(value: str) -> ResourceNotFoundProblemStatus:
    if value in RESOURCE_NOT_FOUND_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RESOURCE_NOT_FOUND_PROBLEM_STATUS_VALUES!r}")
