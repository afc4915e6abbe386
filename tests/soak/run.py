"""Soak: many requests, malicious ones among them, and the server's memory must stay flat.

Run by ``make soak``; prints a line for each tenth and ends with status 1 if memory grew after the first
tenth by more than ALLOWED_MIB, or if any response was not the expected one.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.filling import hook_row, insert_rows
from benchmarks.inventories import container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import started
from soak.connection import Connection
from soak.workload import Session, Workload

ALLOWED_MIB = 16
CONNECTIONS = 8
LASTING_HOOKS = 1_500
CONTAINERS = 100


async def _connection(
    port: int, account: Account, sessions: Iterator[Session], tickets: Iterator[int], wrong: Counter[str]
) -> None:
    """Send one session after the other until there are no more tickets, of which each request takes one."""
    async with Connection(port, account.bearer()["Authorization"]) as connection:
        for session in sessions:
            request = next(session, None)
            while request is not None:
                if next(tickets, None) is None:
                    return
                response = await connection.send(request)
                if response.status != request.expected:
                    wrong[f"{request.method} {response.status} in place of {request.expected}"] += 1
                    break
                try:
                    request = session.send(response)
                except StopIteration:
                    break


async def _tenth(port: int, account: Account, sessions: Iterator[Session], size: int) -> Counter[str]:
    tickets = iter(range(size))
    wrong: Counter[str] = Counter()
    await asyncio.gather(*(_connection(port, account, sessions, tickets, wrong) for _ in range(CONNECTIONS)))
    return wrong


def _import(database: Database, account: Account) -> None:
    known = [container(number) for number in range(CONTAINERS)]
    StoredApps(database).replace_containers(account.id, account.app_id, known)


def _resident_mib(process_id: int) -> float:
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def soak(requests: int, folder: Path) -> bool:
    """Send the requests; return whether every response was right and memory stayed flat.

    The app's containers are imported anew before each tenth, and some hooks are there all the time.
    """
    url = f"sqlite:///{folder}/soak.db"
    sizes: list[float] = []
    wrong: Counter[str] = Counter()
    with started(folder, url) as server, open_database(url) as database:
        account = Account.new(Directory(database))
        insert_rows(database, (hook_row(account, number) for number in range(LASTING_HOOKS)))
        sessions = iter(Workload(account))
        port = int(server.url.rsplit(":", 1)[1])
        for tenth in range(1, 11):
            _import(database, account)
            wrong += asyncio.run(_tenth(port, account, sessions, requests // 10))
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
