"""What server/GROWING.md names exists, and what it reckons follows from what it assumes."""

import math
import re
from pathlib import Path

import pytest

from benchmarks.filling import fill
from benchmarks.stages import BUDGET
from documentation.pages import REPOSITORY, Page
from execution_hooks.store.database import open_database

GROWING, SERVER = (Page.read(REPOSITORY / "server" / name) for name in ("GROWING.md", "README.md"))
ASSUMED = {
    name: float(value.replace(",", ""))
    for name, value in re.findall(r"\| ([^|]+) \| ([\d,.]+)[^|]* \|", GROWING.text)
}
WORDS = " ".join(GROWING.text.split())


def test_the_metrics_that_show_what_breaks_are_those_that_are_served() -> None:
    named = set(re.findall(r"execution_hooks_\w+", GROWING.text))
    listed = set(re.findall(r"execution_hooks_\w+", SERVER.section("Metrics")))
    of_process = {name for name in named if name.startswith("execution_hooks_process_")}

    assert named - of_process <= listed
    assert of_process == {"execution_hooks_process_cpu_seconds_total"}


def test_a_request_costs_what_the_benchmark_has_as_its_budget() -> None:
    assert ASSUMED["CPU of a request on a server, the budget of a create"] == BUDGET / 1000


@pytest.mark.sqlite
def test_a_hook_takes_as_much_of_a_disk_as_is_assumed(tmp_path: Path) -> None:
    sizes = []
    for number in (1000, 5000):
        filled = fill(f"sqlite:///{tmp_path}/{number}.db", number)
        with open_database(filled.url):
            pass  # what is in the log is in the file once it is closed
        sizes.append((tmp_path / f"{number}.db").stat().st_size)

    assert (sizes[1] - sizes[0]) / 4000 == pytest.approx(ASSUMED["a hook on disk, with its indexes"], rel=0.1)


def test_what_is_reckoned_follows() -> None:
    requests = ASSUMED["requests a second"]
    writes = requests * ASSUMED["of these, writes"] / 100
    reads = requests - writes
    usable = ASSUMED["processors of a machine"] * ASSUMED["of these, busy at the most"] / 100
    servers = requests * ASSUMED["CPU of a request on a server, the budget of a create"] / 1000
    for_reads = reads * ASSUMED["CPU of a read on the database, not measured here"] / 1000
    database = (
        for_reads
        + writes * ASSUMED["CPU of a write on the database, many in one commit, not measured here"] / 1000
    )
    terabytes = ASSUMED["hooks"] * ASSUMED["a hook on disk, with its indexes"] / 1e12

    machines = math.ceil(servers / usable)
    assert f"busy on {servers:.0f} processors, which at half of each machine is {machines} machines" in WORDS
    assert f"and {machines + 1} so that one may fail" in WORDS
    assert f"busy on {database:.0f} processors, {for_reads:.0f} of them for reads" in WORDS
    assert database <= usable
    assert (
        f"{terabytes:g} TB, and all copies {terabytes * ASSUMED['copies of each database']:.1f} TB" in WORDS
    )
    assert f"{writes:,.0f} writes a second, and one failure" in WORDS
    quarter = f"{ASSUMED['hooks'] / 4:,.0f} hooks, {terabytes / 4 * 1000:.0f} GB and {writes / 4:,.0f} writes"
    assert quarter in WORDS
