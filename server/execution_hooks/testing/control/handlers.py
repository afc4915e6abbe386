"""What carries out the operations of the control."""

from collections.abc import Mapping
from http import HTTPStatus
from itertools import groupby
from threading import Lock
from typing import Any

from execution_hooks.api.representation import timestamp
from execution_hooks.http.request_context import RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError
from execution_hooks.store.contents import read_contents
from execution_hooks.store.database import Database
from execution_hooks.testing.control.clock import read_moment
from execution_hooks.testing.control.layer import Handlers, Response
from execution_hooks.testing.control.naming import read_fault
from execution_hooks.testing.control.parts import Control
from execution_hooks.testing.control.refusals import as_problems
from execution_hooks.testing.control.seeds.adding import MOST_ROWS, add_seed
from execution_hooks.testing.control.seeds.documents import SeedSchema, read_seed
from execution_hooks.testing.control.seeds.stored import as_seed

_NOTHING: Response = (HTTPStatus.NO_CONTENT, None)


class ControlHandlers:
    """The operations of the control. What reads or writes the store is a plain function, one at a time."""

    def __init__(self, database: Database, control: Control, schema: SeedSchema) -> None:
        self._database = database
        self._clock = control.clock
        self._faults = control.faults
        self._reset_point = control.reset_point
        self._schema = schema
        self._one_at_a_time = Lock()

    def by_operation(self) -> Handlers:
        """Return the handlers by operationId."""
        return {
            "reset": self._reset,
            "seed": self._seed,
            "readState": self._read_state,
            "readClock": self._read_clock,
            "changeClock": self._change_clock,
            "listFaults": self._list_faults,
            "addFault": self._add_fault,
            "clearFaults": self._clear_faults,
        }

    def _reset(self, _request: RequestContext) -> Response:
        with self._one_at_a_time:
            self._reset_point.restore()  # if this fails, nothing is reset
            self._faults.clear()
            self._clock.reset()
        return _NOTHING

    def _seed(self, request: RequestContext) -> Response:
        is_json = "json" in request.headers["content-type"][0].lower()
        with as_problems(), self._one_at_a_time:
            seed = read_seed(request.payload, is_json=is_json)
            return HTTPStatus.CREATED, add_seed(self._database, self._schema, seed, self._clock.now)

    def _read_state(self, _request: RequestContext) -> Response:
        with as_problems():
            return HTTPStatus.OK, as_seed(read_contents(self._database, MOST_ROWS), self._clock.now())

    async def _read_clock(self, _request: RequestContext) -> Response:
        return HTTPStatus.OK, self._time()

    async def _change_clock(self, request: RequestContext) -> Response:
        wanted = request.body
        with as_problems():
            now = read_moment(wanted["now"]) if "now" in wanted else None
            self._clock.change(
                now=now, advance=wanted.get("advanceSeconds", 0), stopped=wanted.get("stopped")
            )
        return HTTPStatus.OK, self._time()

    def _time(self) -> Mapping[str, Any]:
        return {"now": timestamp(self._clock.now()), "stopped": self._clock.stopped}

    async def _list_faults(self, _request: RequestContext) -> Response:
        items = [
            {"operation": operation_id, "fault": name, "times": sum(1 for _ in alike)}
            for operation_id, faults in self._faults.waiting().items()
            for name, alike in groupby(each.name for each in faults)
        ]
        return HTTPStatus.OK, {"items": items}

    async def _add_fault(self, request: RequestContext) -> Response:
        fault, violations = read_fault(request.body)
        if violations:
            raise ProblemError(problems.extended_validation_failure(violations))
        self._faults.add(request.body["operation"], fault, request.body.get("times", 1))
        return _NOTHING

    async def _clear_faults(self, _request: RequestContext) -> Response:
        self._faults.clear()
        return _NOTHING
