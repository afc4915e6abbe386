"""What the layers learn about one request, and share."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Receive

from execution_hooks.contract.document import Operation
from execution_hooks.domain.access import Caller

Headers = Mapping[str, Sequence[str]]
"""The values of each header, one or more, by its name in lower case."""

CONTEXT = "execution_hooks.request"
"""The key of a request's scope under which every layer finds its RequestContext."""


def _hold_nothing() -> None:
    """Stand in for giving back a place, where none was taken."""


@dataclass(slots=True)
class RequestContext:
    """One request, filled in by the layers from the outside to the inside. A handler can rely on all of it.

    The guard gives what came from the wire (``headers``, ``query_string``, and ``receive``, which has the
    body) and the ``correlation_id`` that stands in the problem and in the log line; routing the ``origin``,
    the URL under which the client sees this server, ``request_path`` (decoded),
    ``operation`` with its ``route`` for the log, ``path`` (the path's parameters; one that is no identifier
    is empty, and so names nothing), and ``is_head``, true for a GET whose body is not sent;
    authentication ``caller``, and ``account_id`` for the log; validation ``media_type`` (that of the
    response), ``query`` and ``body``, each conforming to its schema (the latter by way of its ``payload``),
    and ``leave``, which gives back the place among the requests in flight. ``failure`` is an error that did
    not keep a request from succeeding; the guard logs it. A response that is not sent whole ends in a reset
    of its connection, or where ``closes_unfinished`` is true in its close.

    ``rate`` has the headers that tell the client how many more requests its token may send.

    ``operation`` and ``caller`` are unset, not None, until a layer sets them: no later layer runs without.
    """

    correlation_id: str
    headers: Headers
    query_string: bytes
    receive: Receive
    origin: str = ""
    request_path: str = ""
    operation: Operation = field(init=False)
    route: str | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    is_head: bool = False
    caller: Caller = field(init=False)
    account_id: str | None = None
    media_type: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    payload: bytes = b""
    body: Any = None
    leave: Callable[[], object] = _hold_nothing
    failure: BaseException | None = None
    closes_unfinished: bool = False
    rate: Mapping[str, str] = field(default_factory=dict)


Check = Callable[[RequestContext], Awaitable[None] | None]
"""Raises ProblemError, at once or when it is awaited, if a request is to be refused."""
