"""What every module shares: the value of a field that was not sent, and a response."""

from collections.abc import Mapping
from typing import Generic, Literal, TypeVar

import httpx
from attrs import define, field

T = TypeVar("T")


class Unset:
    """The value of a field that was not sent. It is false, and stays one object when it is copied or pickled."""

    def __bool__(self) -> Literal[False]:
        return False

    def __copy__(self) -> "Unset":
        return self

    def __deepcopy__(self, memo: object) -> "Unset":
        return self

    def __reduce__(self) -> str:
        return "UNSET"

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()


@define
class Response(Generic[T]):
    """A response that the operation lists as a success: ``parsed`` has what it holds, ``http`` all of it."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    parsed: T
    http: httpx.Response = field(repr=False, eq=False)


__all__ = ["UNSET", "Response", "Unset"]
