"""The load: creates execution hooks, or asks for other things, over keep-alive connections, and times it.

Run as a process of its own, so that it shares no interpreter with the server it measures. Every
connection sends its next request once the last has its response, each with a name of its own.
"""

import argparse
import asyncio
import gc
import json
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import uvloop

from .connection import HOST, Connection, CreateRequests, Tally, Target
from .requests import DeleteRequests, InvalidRequests, ReadRequests, UpdateRequests

LONGEST_WARM_UP_SECONDS = 2.0
TIMEOUT_SECONDS = 10.0
"""How long the last responses may take; after that they count as lost."""


@dataclass(frozen=True)
class Report:
    """What this process prints, as one line of JSON. Times are in seconds.

    ``responses`` counts all by status, ``measured`` leaves out the warm-up and what came after the span.
    ``lost`` requests got no response; the server may have stored them. ``refused`` counts the responses to
    connections that send but one name, which stand nowhere else. ``cpu`` is this process's, in seconds.

    Added outside are ``server_cpu``, the server's for all responses, ``wall``, the seconds from the start of
    this process to its end, and ``idle``, the seconds in it that processors of the machine did nothing.
    """

    responses: dict[str, int]
    refused: dict[str, int]
    measured: dict[str, int]
    lost: int
    duration: float
    p50: float
    p99: float
    max: float
    cpu: float
    server_cpu: float = math.nan
    wall: float = math.nan
    idle: float = math.nan


def warm_up(seconds: float) -> float:
    """Return for how many seconds requests are sent before a measured span of so many."""
    return min(LONGEST_WARM_UP_SECONDS, seconds)


async def _run(
    target: Target, requests: Callable[[], bytes], *, connections: int, refused: int, seconds: float
) -> tuple[Tally, Tally, int]:
    """Keep the connections busy through the warm-up and the span, then await the last responses."""
    loop = asyncio.get_running_loop()
    start = time.perf_counter() + warm_up(seconds)
    end = start + seconds

    async def opened(number: int, requests: Callable[[], bytes]) -> tuple[Tally, list[asyncio.Future[bool]]]:
        tally = Tally()
        made = [
            await loop.create_connection(
                lambda: Connection(requests, tally, start=start, end=end), HOST, target.port
            )
            for _ in range(number)
        ]
        return tally, [protocol.done for _, protocol in made]

    tally, ends = await opened(connections, requests)
    refused_tally, more_ends = await opened(refused, CreateRequests(target, one_name=True))
    ends += more_ends
    await asyncio.wait(ends, timeout=warm_up(seconds) + seconds + TIMEOUT_SECONDS)
    return tally, refused_tally, sum(not (end.done() and end.result()) for end in ends)


def _quantile(ascending: list[float], share: float) -> float:
    """Return the smallest value that at least this share of them does not exceed; NaN of none."""
    return ascending[math.ceil(share * len(ascending)) - 1] if ascending else math.nan


def _report(tally: Tally, refused: Tally, lost: int, seconds: float) -> Report:
    latencies = sorted(tally.latencies)
    return Report(
        responses=_by_text(tally.responses),
        refused=_by_text(refused.responses),
        measured=_by_text(tally.measured),
        lost=lost,
        duration=seconds,
        p50=_quantile(latencies, 0.5),
        p99=_quantile(latencies, 0.99),
        max=_quantile(latencies, 1.0),
        cpu=time.process_time(),
    )


def _by_text(counts: Mapping[int, int]) -> dict[str, int]:
    return {str(status): number for status, number in counts.items()}


_OTHERS: Mapping[str, Callable[[Target, Sequence[str]], Callable[[], bytes]]] = {
    "reads": ReadRequests,
    "invalid": InvalidRequests,
    "updates": UpdateRequests,
    "deletes": DeleteRequests,
}
"""What may be sent in place of creates, by a target and the ids of hooks."""


def main() -> None:
    """Run the load that the command line asks for and print its report."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("account", "token", "app", "source"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--connections", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--refused", type=int, default=0, help="more connections, which send but one name")
    parser.add_argument("--send", choices=("creates", *_OTHERS), default="creates")
    parser.add_argument("--hooks", type=Path, help="file with the ids of the hooks that are read or changed")
    options = vars(parser.parse_args())
    send, file = options.pop("send"), options.pop("hooks")
    span = {name: options.pop(name) for name in ("seconds", "connections", "refused")}
    gc.disable()  # nothing here makes cycles, and a collection would show up as the server's latency
    target = Target(**options)
    hooks = file.read_text().split() if file else ()
    requests = _OTHERS[send](target, hooks) if send in _OTHERS else CreateRequests(target)
    tallies = uvloop.run(_run(target, requests, **span))
    sys.stdout.write(json.dumps(asdict(_report(*tallies, span["seconds"]))) + "\n")


if __name__ == "__main__":
    main()
