from typing import Literal

ForbiddenSourceDeleteProblemType = Literal[
    "https://astra.netapp.io/problems/11",
    "https://astra.netapp.io/problems/168",
    "https://astra.netapp.io/problems/71",
    "https://astra.netapp.io/problems/72",
]

FORBIDDEN_SOURCE_DELETE_PROBLEM_TYPE_VALUES: set[ForbiddenSourceDeleteProblemType] = {
    "https://astra.netapp.io/problems/11",
    "https://astra.netapp.io/problems/168",
    "https://astra.netapp.io/problems/71",
    "https://astra.netapp.io/problems/72",
}


def check_forbidden_source_delete_problem_type(value: str) -> ForbiddenSourceDeleteProblemType:
    if value in FORBIDDEN_SOURCE_DELETE_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_SOURCE_DELETE_PROBLEM_TYPE_VALUES!r}")
