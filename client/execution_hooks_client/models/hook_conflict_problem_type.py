from typing import Literal

HookConflictProblemType = Literal["https://astra.netapp.io/problems/10", "https://astra.netapp.io/problems/162"]

HOOK_CONFLICT_PROBLEM_TYPE_VALUES: set[HookConflictProblemType] = {
    "https://astra.netapp.io/problems/10",
    "https://astra.netapp.io/problems/162",
}


def check_hook_conflict_problem_type(value: str) -> HookConflictProblemType:
    if value in HOOK_CONFLICT_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {HOOK_CONFLICT_PROBLEM_TYPE_VALUES!r}")
