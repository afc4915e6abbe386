from typing import Literal

ForbiddenSourceDeleteProblemStatus = Literal["403"]

FORBIDDEN_SOURCE_DELETE_PROBLEM_STATUS_VALUES: set[ForbiddenSourceDeleteProblemStatus] = {
    "403",
}


def check_forbidden_source_delete_problem_status(value: str) -> ForbiddenSourceDeleteProblemStatus:
    if value in FORBIDDEN_SOURCE_DELETE_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_SOURCE_DELETE_PROBLEM_STATUS_VALUES!r}")
