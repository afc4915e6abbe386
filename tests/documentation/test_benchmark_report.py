"""What ``make bench`` reports: figures beside goals, which fail nothing, and a plot."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from benchmarks.answers import Answers
from benchmarks.goals import goals, goals_table
from benchmarks.load import Report
from benchmarks.outcome import Outcome
from benchmarks.plot import plot

_SVG = "{http://www.w3.org/2000/svg}"


def _report(status: str, requests: int, milliseconds: float) -> Report:
    seconds = milliseconds / 1e3
    counts = {status: requests}
    return Report(counts, {}, counts, 0, 10.0, seconds, seconds, seconds, 0.1, requests * 0.0005)


def _outcome(requests: int, milliseconds: float) -> Outcome:
    return Outcome(_report("201", requests, milliseconds), requests, start=1.0, memory=100.0)


def _answers(requests: int) -> Answers:
    return Answers({"reads": _report("200", requests, 1), "invalid": _report("400", requests, 1)})


OUTCOMES = {"ours": [_outcome(2000, 10)], "peer": [_outcome(500, 5)], "blocking": [_outcome(1000, 20)]}
ANSWERS = {"ours": [_answers(700)], "peer": [_answers(1000)], "blocking": [_answers(900)]}


def test_each_goal_is_held_against_the_peer_that_is_faster_at_it() -> None:
    held = {each.name: (each.measured, each.met) for each in goals(OUTCOMES, ANSWERS)}

    assert held == {
        "creates/s": (2.0, True),
        "p99 of a create": (0.5, True),
        "CPU of a create": (0.5, True),
        "reads of one hook/s": (0.7, False),
        "400 with eight violations/s": (0.7, False),
        "start to first response": (1.0, True),
        "memory after the load": (100.0, True),
    }


def test_the_table_has_each_goal_beside_its_figure() -> None:
    lines = goals_table(goals(OUTCOMES, ANSWERS)).splitlines()

    assert "| creates/s | 2.00 | ≥ 1.15 of the faster peer's | met |" in lines
    assert "| reads of one hook/s | 0.70 | ≥ 0.8 of the faster peer's | missed |" in lines


def test_a_figure_counts_only_if_every_response_was_as_meant() -> None:
    [outcome], [answers] = OUTCOMES["ours"], ANSWERS["ours"]
    lost = {kind: replace(report, lost=1) for kind, report in answers.reports.items()}
    other = {kind: replace(report, responses={"500": 1}) for kind, report in answers.reports.items()}

    assert outcome.sound
    assert answers.sound
    assert not replace(outcome, stored=outcome.stored - 1).sound
    assert not Answers(lost).sound
    assert not Answers(other).sound


def test_the_plot_has_a_bar_for_each_figure_as_long_as_it_is_large() -> None:
    drawn = ET.fromstring(plot(OUTCOMES))  # noqa: S314 what was made here
    bars = [float(bar.get("width", "")) for bar in drawn.findall(f"{_SVG}rect")[1:]]
    words = [text.text for text in drawn.findall(f"{_SVG}text")]

    assert len(bars) == 9
    assert bars[0] == 2 * bars[2] == 4 * bars[1]
    assert bars[5] == 2 * bars[3] == 4 * bars[4]
    assert words[:7] == ["creates/s", "ours", "200.0", "peer", "50.0", "blocking", "100.0"]
