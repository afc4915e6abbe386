from typing import Literal

ExecutionHookVersion = Literal["1.0", "1.1", "1.2", "1.3"]

EXECUTION_HOOK_VERSION_VALUES: set[ExecutionHookVersion] = {
    "1.0",
    "1.1",
    "1.2",
    "1.3",
}


def check_execution_hook_version(value: str) -> ExecutionHookVersion:
    if value in EXECUTION_HOOK_VERSION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {EXECUTION_HOOK_VERSION_VALUES!r}")
