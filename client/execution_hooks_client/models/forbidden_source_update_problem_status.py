from typing import Literal

ForbiddenSourceUpdateProblemStatus = Literal["403"]

FORBIDDEN_SOURCE_UPDATE_PROBLEM_STATUS_VALUES: set[ForbiddenSourceUpdateProblemStatus] = {
    "403",
}


def check_forbidden_source_update_problem_status(value: str) -> ForbiddenSourceUpdateProblemStatus:
    if value in FORBIDDEN_SOURCE_UPDATE_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_SOURCE_UPDATE_PROBLEM_STATUS_VALUES!r}")
