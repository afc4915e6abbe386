"""Judges mutants by Prism's validating proxy, through which the suite's own requests go.

Run as a command (``python -m conformance.mutation.beside.prism_judging``), in a process of its own. A mutant
is killed by a violation that the proxy does not tell of the server as it is.
"""

import json
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import create_server, socket
from threading import Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from conformance.mutation.apart import arguments, judged_apart
from conformance.mutation.beside.prism import ThroughPrism, Violation, proxy
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.judged import Judged
from conformance.mutation.judging import Bench
from conformance.mutation.mutant import Mutant
from conformance.mutation.recorded import RecordedCases
from conformance.mutation.serving import serving
from conformance.mutation.watched_log import Broken, WatchedLog
from execution_hooks.contract.document import Contract

_LONGEST_TEXT = 500


class _Log(WatchedLog):
    """Ends a run at the first violation that is not known; whatever the suite itself finds counts nothing."""

    def __init__(self, through: ThroughPrism, known: set[Violation] | None) -> None:
        super().__init__("none")
        self._through = through
        self._known = known

    def exchange(self, sent: Mapping[str, Any], received: Mapping[str, Any] | None) -> int:
        number = super().exchange(sent, received)
        for violation, said in self._through.violations.items():
            if self._known is not None and violation not in self._known:
                raise Broken(" ".join(violation), said)
        return number


class PrismBench:
    """What is loaded once, and what the proxy tells of the server as it is at each operation."""

    def __init__(self, bench: Bench, store: Path, listener: socket, url: str) -> None:
        self._bench = bench
        self._store = store
        self._listener = listener
        self._url = url
        self._known: dict[str, set[Violation]] = {}

    def learn(self, right: Mutant, folder: Path) -> None:
        """Note what is reported of the server as it is: none of it kills a mutant."""
        if right.operation not in self._known:
            judged = judged_apart(self, right, folder)
            self._known[right.operation] = {tuple(json.loads(each)) for each in judged.also}

    def judge(self, mutant: Mutant, folder: Path) -> Judged:
        """Judge a mutant. To be done once in a process."""
        through = ThroughPrism(self._url)
        log = _Log(through, self._known.get(mutant.operation))
        started, verdict, violation, found = time.process_time(), "survived", "", ""
        try:
            with serving(mutant, Contract.bundled(), self._store, folder) as app, self._listening(app):
                self._bench.send(mutant, through, log)
        except Broken as broken:
            verdict, violation, found = "killed", broken.promise, broken.found
        except Exception:  # noqa: BLE001 whatever it is, it is reported
            verdict, found = "error", traceback.format_exc()
        seconds, also = time.process_time() - started, [json.dumps(each) for each in through.violations]
        return Judged(mutant.id, verdict, violation, found[-_LONGEST_TEXT:], log.last, seconds, also)

    @contextmanager
    def _listening(self, app: ASGIApp) -> Iterator[None]:
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="critical"))
        Thread(target=server.run, kwargs={"sockets": [self._listener]}, daemon=True).start()
        yield
        server.should_exit = True


def main() -> int:
    """Judge mutants by their ids; write what came of each as a line of JSON."""
    given, mutants = (
        arguments("Judge mutants of the server by Prism's validating proxy.").parse_args(),
        every_mutant(),
    )
    bench = Bench(given.contract, given.config, given.store, RecordedCases(given.recorded))
    with ExitStack() as stack:
        listener = stack.enter_context(create_server(("127.0.0.1", 0)))
        upstream = f"http://127.0.0.1:{listener.getsockname()[1]}"
        prisms = stack.enter_context(proxy(given.contract, upstream))
        judge = PrismBench(bench, given.store, listener, prisms)
        report = stack.enter_context(given.report.open("w", encoding="utf-8", buffering=1))
        for name in given.mutants.read_text("utf-8").splitlines():
            judge.learn(mutants[f"control {mutants[name].operation}"], given.report.parent)
            report.write(f"{judged_apart(judge, mutants[name], given.report.parent).line()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
