from typing import Literal

ForbiddenSourceUpdateProblemType = Literal[
    "https://astra.netapp.io/problems/11", "https://astra.netapp.io/problems/168", "https://astra.netapp.io/problems/71"
]

FORBIDDEN_SOURCE_UPDATE_PROBLEM_TYPE_VALUES: set[ForbiddenSourceUpdateProblemType] = {
    "https://astra.netapp.io/problems/11",
    "https://astra.netapp.io/problems/168",
    "https://astra.netapp.io/problems/71",
}


def check_forbidden_source_update_problem_type(value: str) -> ForbiddenSourceUpdateProblemType:
    if value in FORBIDDEN_SOURCE_UPDATE_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_SOURCE_UPDATE_PROBLEM_TYPE_VALUES!r}")
