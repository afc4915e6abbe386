from typing import Literal

ServiceUnavailableProblemType = Literal["https://astra.netapp.io/problems/41"]

SERVICE_UNAVAILABLE_PROBLEM_TYPE_VALUES: set[ServiceUnavailableProblemType] = {
    "https://astra.netapp.io/problems/41",
}


def check_service_unavailable_problem_type(value: str) -> ServiceUnavailableProblemType:
    if value in SERVICE_UNAVAILABLE_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SERVICE_UNAVAILABLE_PROBLEM_TYPE_VALUES!r}")
