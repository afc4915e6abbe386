from typing import Literal

SourceConflictProblemType = Literal["https://astra.netapp.io/problems/10"]

SOURCE_CONFLICT_PROBLEM_TYPE_VALUES: set[SourceConflictProblemType] = {
    "https://astra.netapp.io/problems/10",
}


def check_source_conflict_problem_type(value: str) -> SourceConflictProblemType:
    if value in SOURCE_CONFLICT_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SOURCE_CONFLICT_PROBLEM_TYPE_VALUES!r}")
