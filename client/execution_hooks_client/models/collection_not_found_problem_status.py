from typing import Literal

CollectionNotFoundProblemStatus = Literal["404"]

COLLECTION_NOT_FOUND_PROBLEM_STATUS_VALUES: set[CollectionNotFoundProblemStatus] = {
    "404",
}


def check_collection_not_found_problem_status(value: str) -> CollectionNotFoundProblemStatus:
    if value in COLLECTION_NOT_FOUND_PROBLEM_STATUS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {COLLECTION_NOT_FOUND_PROBLEM_STATUS_VALUES!r}")
