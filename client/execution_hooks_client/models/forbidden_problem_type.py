from typing import Literal

ForbiddenProblemType = Literal["https://astra.netapp.io/problems/11", "https://astra.netapp.io/problems/168"]

FORBIDDEN_PROBLEM_TYPE_VALUES: set[ForbiddenProblemType] = {
    "https://astra.netapp.io/problems/11",
    "https://astra.netapp.io/problems/168",
}


def check_forbidden_problem_type(value: str) -> ForbiddenProblemType:
    if value in FORBIDDEN_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_PROBLEM_TYPE_VALUES!r}")
