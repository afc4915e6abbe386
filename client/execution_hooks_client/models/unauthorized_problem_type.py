from typing import Literal

UnauthorizedProblemType = Literal["https://astra.netapp.io/problems/3", "https://astra.netapp.io/problems/4"]

UNAUTHORIZED_PROBLEM_TYPE_VALUES: set[UnauthorizedProblemType] = {
    "https://astra.netapp.io/problems/3",
    "https://astra.netapp.io/problems/4",
}


def check_unauthorized_problem_type(value: str) -> UnauthorizedProblemType:
    if value in UNAUTHORIZED_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {UNAUTHORIZED_PROBLEM_TYPE_VALUES!r}")
