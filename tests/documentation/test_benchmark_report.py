"""What ``make bench`` reports: figures beside goals, which fail nothing, and a plot."""

import os
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from benchmarks.connection import Target
from benchmarks.goal import Goal, goals_table
from benchmarks.goals import goals
from benchmarks.kinds import KINDS, KindReports
from benchmarks.load import Report
from benchmarks.outcome import Outcome
from benchmarks.plot import plot
from benchmarks.requests import DeleteRequests, UpdateRequests

_SVG = "{http://www.w3.org/2000/svg}"


def _report(status: str, requests: int, milliseconds: float) -> Report:
    seconds = milliseconds / 1e3
    counts = {status: requests}
    return Report(counts, {}, counts, 0, 10.0, seconds, seconds, seconds, 0.1, requests * 0.0005)


def _outcome(requests: int, milliseconds: float) -> Outcome:
    return Outcome(_report("201", requests, milliseconds), requests, start=1.0, memory=100.0)


def _by_kind(requests: int) -> KindReports:
    return KindReports({name: _report(kind.status, requests, 1) for name, kind in KINDS.items()})


OUTCOMES = {"ours": [_outcome(2000, 10)], "peer": [_outcome(500, 5)], "blocking": [_outcome(1000, 20)]}
BY_KIND = {"ours": [_by_kind(700)], "peer": [_by_kind(1000)], "blocking": [_by_kind(900)]}


def test_each_goal_is_held_against_the_peer_that_is_faster_at_it() -> None:
    held = {each.name: (each.measured, each.met) for each in goals(OUTCOMES, BY_KIND)}

    assert held == {
        "one process: creates/s": (2.0, True),
        "one process: p99 of a create": (0.5, True),
        "CPU of a create": (0.5, True),
        "read one hook: requests/s": (0.7, False),
        "400 with 8 violations: requests/s": (0.7, False),
        "read one hook of an app of 1,000 containers: requests/s": (0.7, False),
        "update: requests/s": (0.7, False),
        "delete: requests/s": (0.7, False),
        "start to first response": (1.0, True),
        "memory after the load": (100.0, True),
    }


def test_the_table_has_each_goal_beside_its_figure() -> None:
    lines = goals_table(goals(OUTCOMES, BY_KIND)).splitlines()

    assert "| one process: creates/s | 2.00 | ≥ 1.15 of the faster peer's | met |" in lines
    assert "| read one hook: requests/s | 0.70 | ≥ 0.8 of the faster peer's | missed |" in lines


def test_a_goal_that_was_measured_twice_has_one_row_with_the_mean() -> None:
    twice = [Goal("creates/s", measured, "of the peer's", 1.15, at_least=True) for measured in (1.0, 1.5)]

    assert goals_table(twice).splitlines()[2:] == ["| creates/s | 1.25 | ≥ 1.15 of the peer's | met |"]


def test_the_time_of_the_processors_is_shared_out_whole() -> None:
    report = replace(_report("201", 1000, 10), server_cpu=1.0, cpu=0.5, wall=2.0, idle=0.5)
    server, load, others, idle = Outcome(report, 1000).shares

    assert (server, load, idle) == tuple(seconds / (2.0 * (os.cpu_count() or 1)) for seconds in (1, 0.5, 0.5))
    assert server + load + others + idle == 1
    assert Outcome(report, 1000).cpu_bound == (os.cpu_count() or 1) / 0.0015


@pytest.mark.parametrize("requests", [UpdateRequests, DeleteRequests])
def test_each_hook_is_changed_or_deleted_once(requests: type[UpdateRequests | DeleteRequests]) -> None:
    target = Target(port=1, account="a", token="t", app="b", source="c")  # noqa: S106 not a real one
    rendered = list(iter(requests(target, ["one", "two"]), None))

    assert [request.split()[1] for request in rendered] == [
        f"/accounts/a/core/v1/executionHooks/{hook}".encode() for hook in ("one", "two")
    ]


def test_a_figure_counts_only_if_every_response_was_as_meant() -> None:
    [outcome], [by_kind] = OUTCOMES["ours"], BY_KIND["ours"]
    lost = {kind: replace(report, lost=1) for kind, report in by_kind.reports.items()}
    other = {kind: replace(report, responses={"500": 1}) for kind, report in by_kind.reports.items()}

    assert outcome.sound
    assert by_kind.sound
    assert not replace(outcome, stored=outcome.stored - 1).sound
    assert not KindReports(lost).sound
    assert not KindReports(other).sound
    assert not replace(by_kind, exact=False).sound


def test_the_plot_has_a_bar_for_each_figure_as_long_as_it_is_large() -> None:
    drawn = ET.fromstring(plot(OUTCOMES))  # noqa: S314 what was made here
    bars = [float(bar.get("width", "")) for bar in drawn.findall(f"{_SVG}rect")[1:]]
    words = [text.text for text in drawn.findall(f"{_SVG}text")]

    assert len(bars) == 9
    assert bars[0] == 2 * bars[2] == 4 * bars[1]
    assert bars[5] == 2 * bars[3] == 4 * bars[4]
    assert words[:7] == ["creates/s", "ours", "200.0", "peer", "50.0", "blocking", "100.0"]
