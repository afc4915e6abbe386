"""A whole list: how long it takes, what memory the server needs for it, and what it delays."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.processes import Server

from .creating import Creates, target_at
from .filling import Filled
from .load import Report
from .reading import Reader, UnexpectedResponse, hooks_path

MOST_GROWTH_MIB = 64
"""How much more memory the server may have, however long the list."""

_ONE_OF_EACH = b'"creationTimestamp"'


@dataclass(frozen=True)
class Whole:
    """What it took to read one list whole. Memory is what the server had resident, in MiB."""

    hooks: int
    first_byte_seconds: float
    seconds: float
    size: int
    before_mib: float
    peak_mib: float

    def __str__(self) -> str:
        return (
            f"{self.hooks:,} hooks, {self.size / 1e6:.1f} MB: first byte after "
            f"{self.first_byte_seconds * 1e3:.0f} ms, all after {self.seconds:.1f} s "
            f"({self.hooks / self.seconds:,.0f} hooks/s); the server had {self.before_mib:.0f} MiB, "
            f"{self.peak_mib:.0f} MiB at its peak"
        )


def read_whole(server: Server, filled: Filled) -> Whole:
    """Read the account's list whole. Raises UnexpectedResponse if a hook is missing."""
    before = peak = _resident_mib(server)
    reader = Reader(server.url, filled.account.bearer())
    hooks = size = 0
    first_byte_seconds = 0.0
    kept = b""
    begun = time.perf_counter()
    for piece in reader.pieces(hooks_path(filled.account.id)):
        first_byte_seconds = first_byte_seconds or time.perf_counter() - begun
        hooks += (kept + piece).count(_ONE_OF_EACH)
        kept = piece[1 - len(_ONE_OF_EACH) :]
        size += len(piece)
        peak = max(peak, _resident_mib(server))
    seconds = time.perf_counter() - begun
    reader.close()
    if hooks != filled.size:
        raise UnexpectedResponse(f"the whole list had {hooks} of {filled.size} hooks")
    return Whole(hooks, first_byte_seconds, seconds, size, before, peak)


def creates_meanwhile(server: Server, filled: Filled, *, readers: int, seconds: float) -> Report:
    """Create hooks by another client, one after the other, while readers read the list repeatedly."""
    with open_database(filled.url) as database:
        account = Account.new(Directory(database))
    target = target_at(int(server.url.rsplit(":", 1)[1]), account)
    creates = Creates(target, connections=1, seconds=seconds)
    with ThreadPoolExecutor(readers or 1) as pool:
        reading = [pool.submit(_read_while, creates, server, filled) for _ in range(readers)]
        for each in reading:
            each.result()
    return creates.report()


def _read_while(creates: Creates, server: Server, filled: Filled) -> None:
    while creates.running:
        reader = Reader(server.url, filled.account.bearer())
        for _ in reader.pieces(hooks_path(filled.account.id)):
            if not creates.running:
                break
        reader.close()


def _resident_mib(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
