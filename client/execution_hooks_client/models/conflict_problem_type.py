from typing import Literal

ConflictProblemType = Literal["https://astra.netapp.io/problems/10", "https://astra.netapp.io/problems/162"]

CONFLICT_PROBLEM_TYPE_VALUES: set[ConflictProblemType] = {
    "https://astra.netapp.io/problems/10",
    "https://astra.netapp.io/problems/162",
}


def check_conflict_problem_type(value: str) -> ConflictProblemType:
    if value in CONFLICT_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CONFLICT_PROBLEM_TYPE_VALUES!r}")
