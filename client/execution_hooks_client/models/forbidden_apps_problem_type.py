from typing import Literal

ForbiddenAppsProblemType = Literal["https://astra.netapp.io/problems/11"]

FORBIDDEN_APPS_PROBLEM_TYPE_VALUES: set[ForbiddenAppsProblemType] = {
    "https://astra.netapp.io/problems/11",
}


def check_forbidden_apps_problem_type(value: str) -> ForbiddenAppsProblemType:
    if value in FORBIDDEN_APPS_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_APPS_PROBLEM_TYPE_VALUES!r}")
