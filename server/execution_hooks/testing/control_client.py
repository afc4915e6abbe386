"""The control of a server, for tests in Python: what its contract has, as methods."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

_SECONDS = 30.0


class ControlRefused(Exception):
    """The control refused a request, or failed at it. The message has each violation, one a line."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        super().__init__(_told(response))


class Control:
    """A client of the control at a URL; a context manager, which closes its connections.

    Every method raises ControlRefused for what the control refuses, or httpx.TransportError.
    """

    def __init__(self, control_url: str, control_token: str) -> None:
        self.control_url = control_url
        self.control_token = control_token
        self._http = httpx.Client(
            base_url=control_url,
            headers={"Authorization": f"Bearer {control_token}"},
            timeout=_SECONDS,
            trust_env=False,
        )
        self.clock = ControlledClock(self._http)

    def reset(self) -> None:
        """Put what is stored, the clock and the faults back to where they were when the server started."""
        _sent(self._http, "POST", "/reset")

    def seed(self, seed: Mapping[str, Any] | str | Path) -> dict[str, Any]:
        """Store a seed; return the ids and tokens that it got, in its order.

        It is a document, a file (in JSON if its name ends in .json, else in YAML), or a text in YAML: a text
        of one line is the name of a file. Raises OSError for a file that cannot be read, too.
        """
        seeded: dict[str, Any] = _sent(self._http, "POST", "/seed", **_request_with(seed)).json()
        return seeded

    def state(self) -> dict[str, Any]:
        """Return everything that is stored, as a seed."""
        state: dict[str, Any] = _sent(self._http, "GET", "/state").json()
        return state

    def fail_next(
        self,
        operation: str,
        fault: str | int,
        *,
        times: int = 1,
        seconds: float | None = None,
        retry_after: int | None = None,
        invalid_fields: Sequence[Mapping[str, str]] | None = None,
        invalid_params: Sequence[Mapping[str, str]] | None = None,
    ) -> None:
        """Have the next requests of an operation, by its operationId, meet a fault.

        ``fault`` is ``cutBefore``, ``cutAfter``, ``truncate``, ``delayBefore`` or ``delayAfter`` (by
        ``seconds``), a status (429, 500, 502, 503, 504), or the name of a problem of the contract.
        """
        given = {
            "operation": operation,
            "fault": str(fault),
            "times": times,
            "seconds": seconds,
            "retryAfter": retry_after,
            "invalidFields": invalid_fields,
            "invalidParams": invalid_params,
        }
        said = {name: value for name, value in given.items() if value is not None}
        _sent(self._http, "POST", "/faults", json=said)

    def faults(self) -> list[dict[str, Any]]:
        """Return the faults that wait for requests."""
        items: list[dict[str, Any]] = _sent(self._http, "GET", "/faults").json()["items"]
        return items

    def clear_faults(self) -> None:
        """Forget the faults that wait."""
        _sent(self._http, "DELETE", "/faults")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._http.close()


class ControlledClock:
    """The clock of a server. All timestamps come from it, and the ages of idempotency keys and tokens."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def now(self) -> datetime:
        """Return the server's time."""
        return datetime.fromisoformat(_sent(self._http, "GET", "/clock").json()["now"])

    def set(self, moment: datetime) -> None:
        """Set the time, which goes on from there. The moment must have a time zone."""
        self._change(now=moment.isoformat())

    def advance(self, **units: float) -> None:
        """Move the clock by ``days``, ``hours``, ``minutes``, ``seconds``, as ``timedelta`` takes them."""
        self._change(advanceSeconds=timedelta(**units).total_seconds())

    def stop(self, moment: datetime | None = None) -> None:
        """Have the time stand still: now, or at a moment, which must have a time zone."""
        self._change(stopped=True, **({} if moment is None else {"now": moment.isoformat()}))

    def start(self) -> None:
        """Have the time go on."""
        self._change(stopped=False)

    def _change(self, **members: object) -> None:
        _sent(self._http, "PUT", "/clock", json=members)


def _request_with(seed: Mapping[str, Any] | str | Path) -> dict[str, Any]:
    if isinstance(seed, Mapping):
        return {"json": seed}
    is_text = isinstance(seed, str) and "\n" in seed
    content = str(seed).encode() if is_text else Path(seed).read_bytes()
    form = "json" if not is_text and Path(seed).suffix == ".json" else "yaml"
    return {"content": content, "headers": {"Content-Type": f"application/{form}"}}


def _sent(http: httpx.Client, method: str, path: str, **request: Any) -> httpx.Response:  # noqa: ANN401 as httpx has it
    response = http.request(method, path, **request)
    if not response.is_success:
        raise ControlRefused(response)
    return response


def _told(response: httpx.Response) -> str:
    problem = response.json()
    lines = [f"{response.status_code} {problem['title']}: {problem['detail']}"]
    for each in problem.get("invalidFields", ()):
        where = f"line {each['line']}: " if "line" in each else ""
        lines.append(f"{where}{each['name']} {each['reason']}")
    return "\n".join(lines)
