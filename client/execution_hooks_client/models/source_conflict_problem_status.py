from typing import Literal

SourceConflictProblemStatus = Literal["409"]

SOURCE_CONFLICT_PROBLEM_STATUS_VALUES: set[SourceConflictProblemStatus] = {
    "409",
}


def check_source_conflict_problem_status(value: str) -> SourceConflictProblemStatus:
    if value in SOURCE_CONFLICT_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SOURCE_CONFLICT_PROBLEM_STATUS_VALUES!r}")
