"""How many requests may be in flight at once."""

from types import TracebackType

from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError


class Admission:
    """Admits requests, as a context manager, up to a number at once; beyond it raises ProblemError (503).

    A request is in flight from when it is whole until its response begins. While it waits for its body, or
    its response for being read, it costs next to nothing, and slow clients must not exhaust the limit.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._admitted = 0

    def __enter__(self) -> None:
        if self._admitted >= self._most:
            raise ProblemError(problems.too_many_in_flight())
        self._admitted += 1

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._admitted -= 1
