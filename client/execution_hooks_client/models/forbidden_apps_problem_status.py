from typing import Literal

ForbiddenAppsProblemStatus = Literal["403"]

FORBIDDEN_APPS_PROBLEM_STATUS_VALUES: set[ForbiddenAppsProblemStatus] = {
    "403",
}


def check_forbidden_apps_problem_status(value: str) -> ForbiddenAppsProblemStatus:
    if value in FORBIDDEN_APPS_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_APPS_PROBLEM_STATUS_VALUES!r}")
