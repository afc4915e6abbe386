from typing import Literal

NotAcceptableProblemStatus = Literal["406"]

NOT_ACCEPTABLE_PROBLEM_STATUS_VALUES: set[NotAcceptableProblemStatus] = {
    "406",
}


def check_not_acceptable_problem_status(value: str) -> NotAcceptableProblemStatus:
    if value in NOT_ACCEPTABLE_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NOT_ACCEPTABLE_PROBLEM_STATUS_VALUES!r}")
