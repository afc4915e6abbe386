from typing import Literal

ForbiddenHookWriteProblemStatus = Literal["403"]

FORBIDDEN_HOOK_WRITE_PROBLEM_STATUS_VALUES: set[ForbiddenHookWriteProblemStatus] = {
    "403",
}


def check_forbidden_hook_write_problem_status(value: str) -> ForbiddenHookWriteProblemStatus:
    if value in FORBIDDEN_HOOK_WRITE_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_HOOK_WRITE_PROBLEM_STATUS_VALUES!r}")
