"""Soak: many requests, hostile ones among them, and the server's memory must stay flat.

Run by ``make soak``; prints a line for each tenth and ends with status 1 if memory grew after the first
tenth by more than ALLOWED_MIB, or if any answer was not the expected one.
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
from collections import Counter
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import started

ALLOWED_MIB = 16
CONNECTIONS = 8
_LENGTH = re.compile(rb"content-length: (\d+)")


class Requests:
    """An endless mix of requests: each is bytes and the status it must be answered with."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._numbers = count()

    def __next__(self) -> tuple[bytes, int]:
        number = next(self._numbers)
        account = self._account
        hook = account.hook(
            name=f"soak {number}", matchingCriteria=[{"type": "podName", "value": f"^db-{number}$"}]
        )
        makers = [
            (json.dumps(hook).encode(), 201),
            (json.dumps({**hook, "name": "n" * 64, f"x{number}": [None] * 200}).encode(), 400),
            (b"[" * 20_000, 400),
            (b'{"name": "\\ud800", "name": 1e999}', 400),
            (
                json.dumps(
                    {**hook, "matchingCriteria": [{"type": "podName", "value": "((a{99}){99}){99}"}]}
                ).encode(),
                400,
            ),
            (b" " * 300_000, 413),
        ]
        body, status = makers[number % len(makers)]
        return self._request(body), status

    def _request(self, body: bytes) -> bytes:
        bearer = self._account.bearer()["Authorization"]
        head = (
            f"POST {self._account.path} HTTP/1.1\r\nHost: soak\r\nAuthorization: {bearer}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


async def _connection(
    port: int, requests: Requests, tickets: "asyncio.Queue[int]", wrong: Counter[str]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while True:
        try:
            tickets.get_nowait()
        except asyncio.QueueEmpty:
            writer.close()
            return
        request, expected = next(requests)
        writer.write(request)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        await reader.readexactly(int(length[1]) if length else 0)
        status = int(head.split(b" ", 2)[1])
        if status != expected:
            wrong[f"{status} in place of {expected}"] += 1


async def _tenth(port: int, requests: Requests, size: int) -> Counter[str]:
    tickets: asyncio.Queue[int] = asyncio.Queue()
    for ticket in range(size):
        tickets.put_nowait(ticket)
    wrong: Counter[str] = Counter()
    await asyncio.gather(*(_connection(port, requests, tickets, wrong) for _ in range(CONNECTIONS)))
    return wrong


def _resident_mib(process_id: int) -> float:
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def soak(requests: int, folder: Path) -> bool:
    """Send the requests; tell whether every answer was right and memory stayed flat."""
    url = f"sqlite:///{folder}/soak.db"
    sizes: list[float] = []
    wrong: Counter[str] = Counter()
    with started(folder, url) as server, open_database(url) as database:
        mix = Requests(Account.new(Directory(database)))
        port = int(server.url.rsplit(":", 1)[1])
        for tenth in range(1, 11):
            wrong += asyncio.run(_tenth(port, mix, requests // 10))
            sizes.append(_resident_mib(server.process.pid))
            print(f"{tenth * requests // 10:>8} requests  {sizes[-1]:7.1f} MiB resident", flush=True)
    growth = max(sizes[1:]) - sizes[0]
    print(f"grown by {growth:.1f} MiB after the first tenth ({ALLOWED_MIB} allowed); wrong: {dict(wrong)}")
    return growth <= ALLOWED_MIB and not wrong


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Send many requests and watch the memory.")
    parser.add_argument("--requests", type=int, default=100_000)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if soak(parser.parse_args().requests, Path(folder)) else 1)


if __name__ == "__main__":
    main()
