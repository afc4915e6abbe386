from typing import Literal

ConflictProblemStatus = Literal["409"]

CONFLICT_PROBLEM_STATUS_VALUES: set[ConflictProblemStatus] = {
    "409",
}


def check_conflict_problem_status(value: str) -> ConflictProblemStatus:
    if value in CONFLICT_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CONFLICT_PROBLEM_STATUS_VALUES!r}")
