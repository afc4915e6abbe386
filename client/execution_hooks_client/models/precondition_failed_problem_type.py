from typing import Literal

PreconditionFailedProblemType = Literal["https://astra.netapp.io/problems/38"]

PRECONDITION_FAILED_PROBLEM_TYPE_VALUES: set[PreconditionFailedProblemType] = {
    "https://astra.netapp.io/problems/38",
}


def check_precondition_failed_problem_type(value: str) -> PreconditionFailedProblemType:
    if value in PRECONDITION_FAILED_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {PRECONDITION_FAILED_PROBLEM_TYPE_VALUES!r}")
