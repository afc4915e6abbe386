from typing import Literal

BadQueryProblemType = Literal["https://astra.netapp.io/problems/5", "https://astra.netapp.io/problems/6"]

BAD_QUERY_PROBLEM_TYPE_VALUES: set[BadQueryProblemType] = {
    "https://astra.netapp.io/problems/5",
    "https://astra.netapp.io/problems/6",
}


def check_bad_query_problem_type(value: str) -> BadQueryProblemType:
    if value in BAD_QUERY_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {BAD_QUERY_PROBLEM_TYPE_VALUES!r}")
