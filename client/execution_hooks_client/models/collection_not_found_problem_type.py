from typing import Literal

CollectionNotFoundProblemType = Literal["https://astra.netapp.io/problems/2"]

COLLECTION_NOT_FOUND_PROBLEM_TYPE_VALUES: set[CollectionNotFoundProblemType] = {
    "https://astra.netapp.io/problems/2",
}


def check_collection_not_found_problem_type(value: str) -> CollectionNotFoundProblemType:
    if value in COLLECTION_NOT_FOUND_PROBLEM_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {COLLECTION_NOT_FOUND_PROBLEM_TYPE_VALUES!r}")
