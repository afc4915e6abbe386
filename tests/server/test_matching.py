"""Which containers meet a hook's criteria."""

import re
from collections.abc import Sequence

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from execution_hooks.matching.container_json import write_container
from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import (
    Criterion,
    CriterionType,
    Patterns,
    criteria_violations,
    together,
)
from execution_hooks.matching.inventory import Containers, Inventory

exactly_so = settings(derandomize=True, database=None, deadline=None, max_examples=200)

TYPES: tuple[CriterionType, ...] = (
    "containerImage",
    "containerName",
    "podName",
    "podLabel",
    "namespaceName",
)
DATABASE = Container(
    "payroll",
    "payroll-db-0",
    (("app.kubernetes.io/name", "postgres"), ("tier", "")),
    "postgres",
    "registry.example:5000/library/postgres:16.4",
)
EXPORTER = Container("payroll", "payroll-db-0", DATABASE.pod_labels, "metrics", "exporter@sha256:0f")
WEB = Container("shop", "web-7d9f-x2", (("app", "web"),), "nginx", "nginx")
BARE = Container("shop", "bare", (), "nginx", "nginx")
ALL = [DATABASE, EXPORTER, WEB, BARE]


def _matching(*criteria: tuple[CriterionType, str], among: Sequence[Container] = ALL) -> list[int]:
    return Containers(among).matching([Criterion(*criterion) for criterion in criteria])


@pytest.mark.parametrize(
    ("kind", "value", "hit"),
    [
        ("containerImage", r"/postgres:16\.", [0]),
        ("containerImage", "nginx", [2, 3]),
        ("containerImage", "^registry.example:5000/", [0]),
        ("containerImage", "@sha256:[0-9a-f]+$", [1]),
        ("containerName", "^postgres$", [0]),
        ("containerName", "^postgre$", []),
        ("podName", "db", [0, 1]),
        ("podName", "[.-]x2", [2]),
        ("namespaceName", "(?i)SHOP", [2, 3]),
        ("podLabel", "^app.kubernetes.io/name=postgres$", [0, 1]),
        ("podLabel", "^tier=$", [0, 1]),
        ("podLabel", "postgres", [0, 1]),
        ("podLabel", "=", [0, 1, 2]),
        ("podLabel", "", [0, 1, 2]),
        ("podLabel", "name=postgres.*tier", []),
        ("podName", "", [0, 1, 2, 3]),
    ],
)
def test_a_criterion_is_met_where_its_pattern_is_found(
    kind: CriterionType, value: str, hit: list[int]
) -> None:
    assert _matching((kind, value)) == hit


def test_no_criteria_are_met_by_all() -> None:
    assert _matching() == [0, 1, 2, 3]
    assert _matching(among=[]) == []


def test_all_criteria_must_be_met() -> None:
    assert _matching(("podName", "db"), ("containerName", "postgres")) == [0]
    assert _matching(("podName", "db"), ("containerName", "nginx")) == []
    assert _matching(("podName", "pay"), ("podName", "0$")) == [0, 1]
    assert _matching(("podName", "pay"), ("podName", "1$")) == []


def test_a_criterion_is_tried_on_the_containers_that_others_left() -> None:
    pods = [Container(space, pod, (), "c", "i") for space, pod in ("b0", "a1", "a2", "a3", "b1")]

    assert _matching(("namespaceName", "a"), ("podName", "[13]"), among=pods) == [1, 3]
    assert _matching(("namespaceName", "a"), ("podName", "1"), among=pods) == [1]
    assert _matching(("namespaceName", "a"), ("podName", "0"), among=pods) == []


def test_different_labels_may_meet_different_criteria() -> None:
    assert _matching(("podLabel", "^tier="), ("podLabel", "name=post")) == [0, 1]


def test_any_text_can_be_matched() -> None:
    texts = ["\n", "a\nb", "\u20ac", "\U0001f4b6\U0001f4b6", "\x7f\x1b[0m", "e\u0301", ""]
    pods = [Container("n", text, (), "c", "i") for text in texts]

    assert _matching(("podName", "^.$"), among=pods) == [2]
    assert _matching(("podName", "^\\pS+$"), among=pods) == [2, 3]
    assert _matching(("podName", "(?s)^a.b$"), among=pods) == [1]
    assert _matching(("podName", "^$"), among=pods) == [6]


def test_images_are_distinct_and_sorted() -> None:
    assert Inventory(ALL).images([3, 2, 0]) == ["nginx", "registry.example:5000/library/postgres:16.4"]
    assert Inventory(ALL).images([]) == []


def test_there_are_at_most_4095_images() -> None:
    containers = Inventory([Container("n", "p", (), "c", f"image:{number:05}") for number in range(5000)])

    images = containers.images(containers.matching(()))

    assert (len(images), images[0], images[-1]) == (4095, "image:00000", "image:04094")


def test_a_container_is_written_as_the_contract_has_it() -> None:
    assert list(write_container(WEB).items()) == [
        ("podName", "web-7d9f-x2"),
        ("podLabels", [{"name": "app", "value": "web"}]),
        ("containerImage", "nginx"),
        ("containerName", "nginx"),
        ("namespaceName", "shop"),
    ]


LARGE = [f"(?:(?:{letter}?){{1000}})$" for letter in "abcdefghij"]
TOO_LARGE_FOR_A_SET = r"(?i)(?:[\pL\pN-]?){30}$"


def test_patterns_that_are_too_large_together_are_still_found() -> None:
    values = (*LARGE, TOO_LARGE_FOR_A_SET, "b-7$")
    # No new hook may have them, but stored ones from before that rule do.
    assert criteria_violations([Criterion("podName", value) for value in values])
    assert len(together(values)) == len(values)

    assert _matching(*(("podName", value) for value in values)) == []
    assert _matching(("podName", LARGE[1]), ("podName", TOO_LARGE_FOR_A_SET), ("podName", "x2$")) == [2]
    last = [Criterion("podName", value) for value in (*values, "^web")]
    assert Containers([WEB]).marks(last) == [(*[True] * len(LARGE), True, False, True)]


def test_patterns_are_searched_one_by_one_after_a_failed_search() -> None:
    def search(text: bytes) -> list[int] | None:
        return None if b"!" in text else [2, 1]

    assert Patterns(("a", "b"), search).found([b"ab", b"!ab", b"!b", b"!"]) == [0b10, 0b11, 0b10, 0]


@st.composite
def _pattern(draw: st.DrawFn) -> str:
    """Draw a pattern that means the same to RE2 and, but for the "$" of the end, to Python."""
    atoms = st.sampled_from(["a", "b", "-", "=", "\u00e9", "\n", ".", "[ab]", "[^a]", r"\w", r"\b", r"\."])
    inner = st.recursive(
        atoms,
        lambda parts: st.one_of(
            st.lists(parts, min_size=1, max_size=3).map("".join),
            st.lists(parts, min_size=2, max_size=3).map(lambda several: f"(?:{'|'.join(several)})"),
            st.tuples(parts, st.sampled_from("?*+")).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
            parts.map(lambda part: f"({part})"),
        ),
        max_leaves=5,
    )
    return draw(st.sampled_from(["", "", "^"])) + draw(inner) + draw(st.sampled_from(["", "", "$"]))


TEXTS = st.text(st.sampled_from("aab-=\u00e9.\n\U0001f4b6"), max_size=6)
CONTAINERS = st.lists(
    st.builds(
        Container,
        TEXTS,
        TEXTS,
        st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
        TEXTS,
        TEXTS,
    ),
    max_size=12,
)
OFTEN_FOUND = st.sampled_from(["", "a", "[^b]", "^.", "[ab-]$"])
CRITERIA = st.lists(
    st.builds(Criterion, st.sampled_from(TYPES), st.one_of(OFTEN_FOUND, _pattern())), max_size=10
)


def _texts(container: Container, kind: CriterionType) -> list[str]:
    if kind == "podLabel":
        return [f"{name}={value}" for name, value in container.pod_labels]
    return [write_container(container)[kind]]


def _found_by_python(pattern: str, text: str) -> bool:
    return re.search(pattern.replace("$", r"\Z"), text, re.ASCII) is not None


@exactly_so
@given(criteria=CRITERIA, containers=CONTAINERS)
def test_a_container_matches_if_python_finds_each_pattern_in_one_of_its_texts(
    criteria: list[Criterion], containers: list[Container]
) -> None:
    expected = [
        tuple(
            any(_found_by_python(criterion.value, text) for text in _texts(container, criterion.type))
            for criterion in criteria
        )
        for container in containers
    ]

    prepared = Containers(containers)

    assert prepared.marks(criteria) == expected
    assert prepared.matching(criteria) == [place for place, marks in enumerate(expected) if all(marks)]


@exactly_so
@given(
    patterns=st.lists(st.one_of(_pattern(), st.sampled_from(LARGE)), min_size=1, max_size=10),
    texts=st.lists(TEXTS, max_size=6),
)
def test_patterns_are_found_together_as_they_are_singly(patterns: list[str], texts: list[str]) -> None:
    encoded = [text.encode() for text in texts]
    expected = [
        [re2.search(pattern, text, MORE_MEMORY) is not None for pattern in patterns] for text in encoded
    ]

    parts = together(tuple(patterns))

    assert sum(map(len, parts)) == len(patterns)
    columns = [
        [bool(bits >> number & 1) for bits in part.found(encoded)]
        for part in parts
        for number in range(len(part))
    ]
    assert [list(row) for row in zip(*columns, strict=True)] == expected


MORE_MEMORY = re2.Options()
"""Options that leave RE2 more memory than it could need here."""
MORE_MEMORY.max_mem = 1 << 26
