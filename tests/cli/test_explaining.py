"""How an explanation looks on a terminal, and in a pipe."""

import re
from collections.abc import Sequence

import click
import pytest

from execution_hooks.cli.admin.explaining import lines_of
from execution_hooks.cli.formats import visible
from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import Criterion, CriterionType
from execution_hooks.matching.explanation import Explanation, Shown, explain

LONG = "registry.example:5000/payroll/library/postgres:16.4@sha256:" + "0123456789abcdef" * 4
ALL = [
    Container("payroll", "payroll-db-0", (("app", "payroll"),), "postgres", LONG),
    Container("payroll", "api-6d5f7c9b8-x2x4z", (), "api", "registry.example/api:1"),
    Container("shop", "web-0", (), "nginx", "nginx"),
]
IMAGE: tuple[CriterionType, str] = ("containerImage", r"/postgres:16\.")
COLOUR = "\x1b["


def _explained(*criteria: tuple[CriterionType, str], among: Sequence[Container] = ALL) -> Explanation:
    return explain([Criterion(*criterion) for criterion in criteria], among)


def _printed(
    explanation: Explanation | None,
    *,
    width: int | None = None,
    shown: Shown = "all",
    names: tuple[str, str] = ("freeze", "payroll"),
) -> str:
    return click.unstyle(_styled(explanation, width=width, shown=shown, names=names))


def _styled(
    explanation: Explanation | None,
    *,
    width: int | None = None,
    shown: Shown = "all",
    names: tuple[str, str] = ("freeze", "payroll"),
) -> str:
    return "".join(f"{line}\n" for line in lines_of(explanation, *names, shown, width))


def _rows(printed: str) -> list[list[str]]:
    """The cells of the lines that end in a verdict."""
    lines = [line.rstrip() for line in printed.splitlines()]
    return [re.split(r"[ |]+", line) for line in lines if re.search(r"[ |](hit|miss)$", line)]


def test_in_a_pipe_each_container_has_one_line_with_a_mark_for_each_criterion() -> None:
    printed = _printed(_explained(IMAGE, ("podName", "^payroll-"), ("namespaceName", "payroll")))

    assert _rows(printed) == [
        ["payroll", "payroll-db-0", "postgres", LONG, "+", "+", "+", "hit"],
        ["payroll", "api-6d5f7c9b8-x2x4z", "api", "registry.example/api:1", "-", "-", "+", "miss"],
        ["shop", "web-0", "nginx", "nginx", "-", "-", "-", "miss"],
    ]


def test_the_criteria_are_explained_above_and_the_hits_are_counted_below() -> None:
    lines = [line.rstrip() for line in _printed(_explained(IMAGE, ("podName", "0$"))).splitlines()]

    assert lines[:4] == [
        "Hook freeze, app payroll",
        r"1  containerImage  /postgres:16\.  hits 1 of 3",
        "2  podName         0$              hits 2 of 3",
        "+ meets the criterion, - does not",
    ]
    assert lines[-1] == "The hook hits 1 of 3 containers."


def test_a_hook_without_criteria_hits_all() -> None:
    printed = _printed(_explained())

    assert "It has no criteria, so it hits every container." in printed
    assert [row[-1] for row in _rows(printed)] == ["hit"] * 3
    assert "The hook hits 3 of 3 containers." in printed
    assert "NOTHING" not in printed


def test_a_criterion_that_excludes_everything_is_named() -> None:
    printed = _printed(_explained(IMAGE, ("podName", "^oracle"), ("podLabel", "tier=")))

    _, panel = printed.split("THIS HOOK HITS NOTHING")
    assert "Criterion 2 alone excludes every container: podName ^oracle" in panel
    assert "Criterion 3 alone excludes every container: podLabel tier=" in panel
    assert "Criterion 1" not in panel


def test_criteria_that_exclude_everything_together_are_named() -> None:
    printed = _printed(_explained(IMAGE, ("podName", "0$"), ("podName", "^web")))

    _, panel = printed.split("THIS HOOK HITS NOTHING")
    assert "Each criterion by itself hits a container, but no container meets them all." in panel
    assert "The fewest that none meets together: 1 and 3." in panel


@pytest.mark.parametrize("explanation", [None, _explained(IMAGE, among=[])], ids=["unknown", "none"])
def test_without_containers_the_command_that_imports_them_is_named(explanation: Explanation | None) -> None:
    for width in (None, 40):
        printed = _printed(explanation, width=width)
        assert "execution-hooks admin app import --account ID --name NAME FILE" in printed
        assert "the app payroll" in printed.replace("The", "the")
        assert "hits" not in printed


def _column(printed: str, name: str) -> str:
    """All that a column of the table holds, its folded lines joined."""
    _, _, table = printed.partition("does not")
    head, *rows = [line for line in table.splitlines() if line.strip()]
    start = head.index(name)
    return "".join(re.split(r"\s", row[start:])[0] for row in rows)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("count", [1, 10])
def test_on_a_terminal_names_are_folded_to_its_width_and_nothing_is_cut(width: int, count: int) -> None:
    criteria: list[tuple[CriterionType, str]] = [("podName", "x" * 200), *[IMAGE] * 9]

    printed = _printed(_explained(*criteria[:count]), width=width, names=("h" * 63, "a" * 63))

    _, _, tables = printed.partition("\n")
    assert max(map(len, tables.partition("The hook hits")[0].splitlines())) <= width
    assert "\u2026" not in printed
    assert _column(printed, "image").startswith(LONG)
    assert _column(printed, "pod").startswith("payroll-db-0api-6d5f7c9b8-x2x4zweb-0")
    legend, *_ = printed.partition("does not")
    assert legend.count("x") == 200
    assert len(_rows(printed)) == 3
    assert {len(row) - 5 for row in _rows(printed)} == {count}


def test_containers_that_waited_to_start_are_marked_and_counted() -> None:
    waits = Container("payroll", "payroll-db-1", (), "postgres", LONG, waiting=True)

    for width in (None, 80):
        printed = _printed(_explained(IMAGE, among=[*ALL, waits]), width=width)
        states = ["waiting" in row for row in _rows(printed)]
        assert sum(states) == printed.count("waiting") == 1
        assert "The hook hits 2 of 4 containers." in printed
        assert "1 of them waited to start when imported" in printed.replace("\n", " ")
    assert "state" not in _printed(_explained(IMAGE))


def test_images_that_the_hook_cannot_list_are_shown_whole_and_counted() -> None:
    pods = [Container("a", f"b-{length}", (), "c", "i" * length) for length in (255, 256, 300)]

    printed = _printed(_explained(("containerImage", "^i{255,299}$"), among=pods))

    assert [len(row[3]) for row in _rows(printed)] == [255, 256, 300]
    assert "matchingImages leaves out 1 image of more than 255 characters." in printed


def test_a_narrow_terminal_loses_no_marks() -> None:
    printed = _printed(_explained(*[IMAGE] * 10), width=20)

    assert [row[4:] for row in _rows(printed)] == [["+"] * 10 + ["hit"], *[["-"] * 10 + ["miss"]] * 2]


def test_colour_carries_no_meaning_alone() -> None:
    explanation = _explained(IMAGE, ("podName", "0$"))

    assert COLOUR in _styled(explanation)
    assert "hit" in _printed(explanation)
    assert [row[-1] for row in _rows(_printed(explanation))] == ["hit", "miss", "miss"]


@pytest.mark.parametrize(("shown", "pods"), [("hits", {"payroll-db-0"}), ("none", set())])
def test_some_containers_are_shown_and_all_are_counted(shown: Shown, pods: set[str]) -> None:
    printed = _printed(_explained(IMAGE), shown=shown)

    assert {row[1] for row in _rows(printed)} == pods
    assert "The hook hits 1 of 3 containers." in printed
    assert len(_rows(_printed(_explained(IMAGE), shown="misses"))) == 2


MALICIOUS = "[red]x[/red]\x1b[31m\r\n\u202e\u0085:smile:"
ESCAPED = r"[red]x[/red]\x1b[31m\r\n\u202e\x85:smile:"


def test_markup_is_printed_unchanged_and_control_characters_are_escaped() -> None:
    pods = [Container(MALICIOUS, MALICIOUS, (), MALICIOUS, MALICIOUS)]
    explanation = _explained(("podName", MALICIOUS.replace("[", ".")), among=pods)

    printed = _printed(explanation, names=(MALICIOUS, MALICIOUS))
    unknown = _printed(None, names=(MALICIOUS, MALICIOUS))

    assert printed.startswith(f"Hook {ESCAPED}, app {ESCAPED}\n")
    assert _rows(printed)[0][:4] == [ESCAPED] * 4
    assert all(character.isprintable() or character == "\n" for character in printed + unknown)
    assert ESCAPED in unknown


def test_what_an_encoding_lacks_is_escaped() -> None:
    assert visible("caf\u00e9 \u20ac-0", "ascii") == r"caf\xe9 \u20ac-0"
    assert visible("caf\u00e9", "utf-8") == "caf\u00e9"


@pytest.mark.parametrize("images", [4095, 4096])
def test_it_says_when_a_response_does_not_name_all_images(images: int) -> None:
    among = [Container("payroll", f"pod-{number}", (), "app", f"image:{number}") for number in range(images)]

    printed = _printed(_explained(among=among))

    noted = "They have 4,096 images; matchingImages names the first 4,095." in printed
    assert noted is (images == 4096)
