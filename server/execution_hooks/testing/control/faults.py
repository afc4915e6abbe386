"""Faults that wait to be injected: what the next requests of an operation meet."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by its name, and what serves a request in place of the application, which it may call."""

    name: str
    serve: Callable[[ASGIApp, Scope, Receive, Send], Awaitable[None]]


@dataclass
class Faults:
    """The faults that wait for requests, first in, first out, for each operation by its operationId."""

    _waiting: dict[str, deque[Fault]] = field(default_factory=dict)

    def add(self, operation_id: str, fault: Fault, times: int) -> None:
        """Have the next requests of an operation that meet no earlier fault meet this one."""
        self._waiting.setdefault(operation_id, deque()).extend([fault] * times)

    def take(self, operation_id: str) -> Fault | None:
        """Return the fault for a request, which then waits no longer; None if there is none."""
        waiting = self._waiting.get(operation_id)
        return waiting.popleft() if waiting else None

    def clear(self) -> None:
        """Forget all that wait."""
        self._waiting.clear()

    def waiting(self) -> Mapping[str, list[Fault]]:
        """Return those that wait, in their order, by operation."""
        return dict(self._lists())

    def _lists(self) -> Iterator[tuple[str, list[Fault]]]:
        for operation_id, faults in [*self._waiting.items()]:
            if faults:
                yield operation_id, [*faults]
