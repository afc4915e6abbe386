"""What the layers learn about one request, and share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.datastructures import Headers
from starlette.types import Scope

from execution_hooks.contract.document import Operation
from execution_hooks.domain.access import Caller

_KEY = "execution_hooks"


@dataclass(slots=True)
class RequestContext:
    """One request, filled in by the layers from the outside to the inside. A handler can rely on all of it.

    The guard gives ``headers`` and the ``correlation_id`` that stands in the problem and in the log line;
    framing the ``origin``, the scheme and host by which the client sees this server; routing
    ``request_path`` (decoded), ``operation``, ``path`` (the path's parameters; one that is no identifier
    is empty, and so names nothing), and ``is_head``, by which a GET is known whose body nobody will see;
    authentication ``caller``; validation ``media_type`` (that of the response), ``query`` and ``body``,
    each conforming to its schema. ``failure`` is what went wrong with a request that was answered all the
    same; the guard logs it.
    """

    correlation_id: str
    headers: Headers
    origin: str = ""
    request_path: str = ""
    operation: Operation | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    is_head: bool = False
    caller: Caller | None = None
    media_type: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    failure: BaseException | None = None

    @staticmethod
    def of(scope: Scope) -> "RequestContext":
        """Return the context that a request's scope carries."""
        return cast("RequestContext", scope["extensions"][_KEY])

    def attach(self, scope: Scope) -> None:
        """Have a request's scope carry this context."""
        scope.setdefault("extensions", {})[_KEY] = self

    @property
    def known_operation(self) -> Operation:
        """The operation, for layers that stand behind the gate."""
        if self.operation is None:
            raise LookupError("no operation was routed")
        return self.operation

    @property
    def known_caller(self) -> Caller:
        """The caller, for operations that require one."""
        if self.caller is None:
            raise LookupError("this operation was reached without authentication")
        return self.caller
