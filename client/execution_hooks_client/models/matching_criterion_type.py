from typing import Literal

MatchingCriterionType = Literal["containerImage", "containerName", "namespaceName", "podLabel", "podName"]

MATCHING_CRITERION_TYPE_VALUES: set[MatchingCriterionType] = {
    "containerImage",
    "containerName",
    "namespaceName",
    "podLabel",
    "podName",
}


def check_matching_criterion_type(value: str) -> MatchingCriterionType:
    if value in MATCHING_CRITERION_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MATCHING_CRITERION_TYPE_VALUES!r}")
