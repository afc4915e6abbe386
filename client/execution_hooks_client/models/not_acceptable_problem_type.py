from typing import Literal

NotAcceptableProblemType = Literal["https://astra.netapp.io/problems/32"]

NOT_ACCEPTABLE_PROBLEM_TYPE_VALUES: set[NotAcceptableProblemType] = {
    "https://astra.netapp.io/problems/32",
}


def check_not_acceptable_problem_type(value: str) -> NotAcceptableProblemType:
    if value in NOT_ACCEPTABLE_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NOT_ACCEPTABLE_PROBLEM_TYPE_VALUES!r}")
