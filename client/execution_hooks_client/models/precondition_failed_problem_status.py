from typing import Literal

PreconditionFailedProblemStatus = Literal["412"]

PRECONDITION_FAILED_PROBLEM_STATUS_VALUES: set[PreconditionFailedProblemStatus] = {
    "412",
}


def check_precondition_failed_problem_status(value: str) -> PreconditionFailedProblemStatus:
    if value in PRECONDITION_FAILED_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PRECONDITION_FAILED_PROBLEM_STATUS_VALUES!r}")
