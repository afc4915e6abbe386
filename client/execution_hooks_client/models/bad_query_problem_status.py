from typing import Literal

BadQueryProblemStatus = Literal["400"]

BAD_QUERY_PROBLEM_STATUS_VALUES: set[BadQueryProblemStatus] = {
    "400",
}


def check_bad_query_problem_status(value: str) -> BadQueryProblemStatus:
    if value in BAD_QUERY_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {BAD_QUERY_PROBLEM_STATUS_VALUES!r}")
