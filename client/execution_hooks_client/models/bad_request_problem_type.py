from typing import Literal

BadRequestProblemType = Literal[
    "https://astra.netapp.io/problems/5",
    "https://astra.netapp.io/problems/6",
    "https://astra.netapp.io/problems/7",
    "https://astra.netapp.io/problems/8",
    "https://astra.netapp.io/problems/9",
]

BAD_REQUEST_PROBLEM_TYPE_VALUES: set[BadRequestProblemType] = {
    "https://astra.netapp.io/problems/5",
    "https://astra.netapp.io/problems/6",
    "https://astra.netapp.io/problems/7",
    "https://astra.netapp.io/problems/8",
    "https://astra.netapp.io/problems/9",
}


def check_bad_request_problem_type(value: str) -> BadRequestProblemType:
    if value in BAD_REQUEST_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {BAD_REQUEST_PROBLEM_TYPE_VALUES!r}")
