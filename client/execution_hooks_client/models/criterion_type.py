from typing import Literal

CriterionType = Literal["containerImage", "containerName", "namespaceName", "podLabel", "podName"]

CRITERION_TYPE_VALUES: set[CriterionType] = {
    "containerImage",
    "containerName",
    "namespaceName",
    "podLabel",
    "podName",
}


def check_criterion_type(value: str) -> CriterionType:
    if value in CRITERION_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CRITERION_TYPE_VALUES!r}")
