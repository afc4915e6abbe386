from typing import Literal

ForbiddenHookWriteProblemType = Literal[
    "https://astra.netapp.io/problems/11", "https://astra.netapp.io/problems/168", "https://astra.netapp.io/problems/73"
]

FORBIDDEN_HOOK_WRITE_PROBLEM_TYPE_VALUES: set[ForbiddenHookWriteProblemType] = {
    "https://astra.netapp.io/problems/11",
    "https://astra.netapp.io/problems/168",
    "https://astra.netapp.io/problems/73",
}


def check_forbidden_hook_write_problem_type(value: str) -> ForbiddenHookWriteProblemType:
    if value in FORBIDDEN_HOOK_WRITE_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FORBIDDEN_HOOK_WRITE_PROBLEM_TYPE_VALUES!r}")
