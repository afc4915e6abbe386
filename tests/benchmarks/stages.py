"""What each stage of a create costs the processor, measured one by one in this process, and its budget."""

import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, wait
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, cast

from starlette.types import Message, Receive, Scope, Send

from execution_hooks.api.hook_json import MATCHES, read_fields, write_members
from execution_hooks.api.representation import created
from execution_hooks.contract.document import Contract
from execution_hooks.domain.access import Caller
from execution_hooks.domain.hook import Hook
from execution_hooks.domain.hook_service import Hooks, HookStore
from execution_hooks.domain.idempotency import Created
from execution_hooks.domain.metadata import new_identifier, utc_now
from execution_hooks.domain.refusals import in_order
from execution_hooks.http.connexion.validation import request_checks
from execution_hooks.http.guard import Guard, headers_by_name
from execution_hooks.http.request_context import RequestContext
from execution_hooks.http.scheduling import Admission, OwnPlaces
from execution_hooks.log import request_log
from execution_hooks.matching.inventory import Inventory
from execution_hooks.store.callers import Callers
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from harness.accounts import Account
from harness.inventories import DATABASE, WEB

from .connection import CreateRequests, Target
from .http_stage import cost_of_http

BUDGET = 600
"""Microseconds of a processor that a create may take in all, the system's part with it."""
_TIMES = 2048
_GROUP = 64
_REST = "the rest: Connexion, taking turns among threads, the system (sockets, disk)"


class Stage(NamedTuple):
    """A part of each create, and what it may cost in microseconds of a processor."""

    name: str
    budget: int
    measured: float


class _NoStore:
    """Takes hooks, and keeps none."""

    def insert(self, hook: Hook, _attempt: object) -> Future[Created[Hook]]:
        taken: Future[Created[Hook]] = Future()
        taken.set_result(Created(hook))
        return taken


def stages() -> list[Stage]:
    """Measure the stages, each by the server's own parts, on a store in a file."""
    with (
        tempfile.TemporaryDirectory(prefix="execution-hooks-") as folder,
        open_database(f"sqlite:///{Path(folder) / 'hooks.db'}") as database,
        Path(os.devnull).open("w") as log,
    ):
        account = Account.new(Directory(database))
        token = account.bearer()["Authorization"].removeprefix("Bearer ")
        callers = Callers(database, utc_now)
        sent = _Sent(account, token, cast("Caller", callers.find(token)))
        guard = Guard(_succeed, log=request_log(log), new_id=new_identifier)
        return [
            Stage("HTTP, and a task of the event loop", 50, cost_of_http(sent.request, _succeed, _TIMES)),
            Stage("correlationID, safe headers, log line", 30, _cost(lambda: sent.guarded(guard))),
            Stage("whose token it is", 20, _cost(lambda: callers.find(token))),
            Stage("head and body held against the contract", 50, _cost(sent.checked)),
            Stage("the hook and its rules", 25, _cost(sent.hook)),
            Stage(f"row, insert, 1/{_GROUP} of a commit", 105, _inserted(StoredHooks(database), sent)),
            Stage("the resource, its tag, its Location", 20, _cost(sent.response)),
        ]


class _Sent:
    """A create that was sent, and what the server makes of it in each stage."""

    def __init__(self, account: Account, token: str, caller: Caller) -> None:
        contract = Contract.bundled()
        self._operation = contract.operations["createExecutionHook"]
        self._checks = in_order(
            request_checks(contract, Admission(OwnPlaces(256)), {}, self._operation.operation_id)
        )
        self._caller = caller
        target = Target(80, account.id, token, account.app_id, account.hook_source_id)
        self.request = CreateRequests(target)()
        head, _, self._payload = self.request.partition(b"\r\n\r\n")
        fields = (line.partition(b": ") for line in head.split(b"\r\n")[1:])
        self._headers = [(name.lower(), value) for name, _, value in fields]
        self._inventory = Inventory([DATABASE, WEB])
        self._hooks = Hooks(cast("HookStore", _NoStore()))
        self._body = self.checked().body
        self._hook = self.hook()

    def guarded(self, guard: Guard) -> None:
        """Have the outermost layer respond and log."""
        scope = {"type": "http", "method": "POST", "query_string": b"", "headers": self._headers}
        _run(guard(scope, self._receive, _drop))

    def checked(self) -> RequestContext:
        """Check a request as the server does once it knows the caller."""
        context = RequestContext(new_identifier(), headers_by_name(self._headers), b"", self._receive)
        context.operation, context.caller = self._operation, self._caller
        for check in self._checks:
            if (waiting := check(context)) is not None:
                _run(waiting)
        context.leave()
        return context

    def hook(self, name: str = "Payroll") -> Hook:
        """Make the hook that is asked for."""
        fields = read_fields({**self._body, "name": name})
        return self._hooks.create(fields, self._caller).result().resource

    def response(self) -> None:
        """Write the response."""
        members = write_members(self._hook, self._inventory)
        context = RequestContext("", {}, b"", self._receive)
        created(context, members, computed=MATCHES, replayed=False)

    async def _receive(self) -> Message:
        return {"type": "http.request", "body": self._payload, "more_body": False}


def _inserted(store: StoredHooks, sent: _Sent) -> float:
    hooks = iter([sent.hook(f"hook {number}") for number in range(2 * _TIMES)])
    return _cost(lambda: wait([store.insert(next(hooks), None) for _ in range(_GROUP)]), _GROUP)


def _cost(work: Callable[[], object], creates: int = 1) -> float:
    """Return the microseconds of a processor, on all threads, that some work takes for each create in it."""
    for _ in range(_TIMES // creates // 2):
        work()
    begun = time.process_time()
    for _ in range(_TIMES // creates):
        work()
    return (time.process_time() - begun) / (_TIMES // creates * creates) * 1e6


def _run(waiting: Awaitable[None]) -> None:
    """Run what waits for nothing, so without an event loop."""
    with suppress(StopIteration):
        next(waiting.__await__())


async def _succeed(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 201, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


async def _drop(_message: Message) -> None:
    """Stand in for the connection."""


def stage_table(measured: Sequence[Stage], whole_create: float) -> str:
    """Write the stages in Markdown beside their budgets, and what is left of a whole create.

    ``whole_create`` is what each create of a server under load took, in microseconds.
    """
    known = sum(stage.measured for stage in measured)
    rest = Stage(_REST, BUDGET - sum(stage.budget for stage in measured), whole_create - known)
    rows = [*measured, rest, Stage("**a create**", BUDGET, whole_create)]
    lines = ["| stage | CPU, µs | budget, µs |", "|---|---:|---:|"]
    return "\n".join([*lines, *(f"| {row.name} | {row.measured:.0f} | {row.budget} |" for row in rows)])
