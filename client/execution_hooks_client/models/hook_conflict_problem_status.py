from typing import Literal

HookConflictProblemStatus = Literal["409"]

HOOK_CONFLICT_PROBLEM_STATUS_VALUES: set[HookConflictProblemStatus] = {
    "409",
}


def check_hook_conflict_problem_status(value: str) -> HookConflictProblemStatus:
    if value in HOOK_CONFLICT_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_CONFLICT_PROBLEM_STATUS_VALUES!r}")
