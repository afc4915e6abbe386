"""What the layers learn about one request, and share."""

from dataclasses import dataclass
from typing import Any, cast

from starlette.types import Scope

from execution_hooks.access import Caller
from execution_hooks.contract import Operation

_KEY = "execution_hooks"


@dataclass(slots=True)
class Exchange:
    """One request, filled in by the layers from the outside to the inside.

    The guard gives the ``correlation_id`` that stands in the problem and in the log line; framing
    the ``origin`` by which the client sees this server; the gate
    sets ``operation``, authentication ``caller``, and validation ``media_type`` (that of the answer)
    and ``document`` (the body, conforming to its schema). A handler can rely on all of them.
    """

    correlation_id: str
    origin: str = ""
    operation: Operation | None = None
    caller: Caller | None = None
    media_type: str = ""
    document: Any = None

    @staticmethod
    def of(scope: Scope) -> "Exchange":
        """Return the exchange that a request's scope carries."""
        return cast("Exchange", scope["extensions"][_KEY])

    def attach(self, scope: Scope) -> None:
        """Have a request's scope carry this exchange."""
        scope.setdefault("extensions", {})[_KEY] = self

    @property
    def known_caller(self) -> Caller:
        """The caller, for operations that require one."""
        if self.caller is None:
            raise LookupError("this operation was reached without authentication")
        return self.caller
