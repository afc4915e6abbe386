"""Label selectors select what Kubernetes selects with them, and malformed ones are refused."""

from typing import Any

import pytest

from execution_hooks.domain.violations import Violation
from execution_hooks.kubernetes.json_values import JsonValue, described
from execution_hooks.kubernetes.selectors import InvalidSelector, parse_selector, read_selector

LABELS: dict[str, dict[str, str]] = {
    "db": {"app": "db", "tier": "back"},
    "web": {"app": "web", "tier": ""},
    "bare": {},
    "five": {"size": "5"},
}

SELECTED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nothing given": ({}, {"db", "web", "bare", "five"}),
    "a label": ({"matchLabels": {"app": "db"}}, {"db"}),
    "an empty value": ({"matchLabels": {"tier": ""}}, {"web"}),
    "In": ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["db", "x"]}]}, {"db"}),
    "NotIn fits what lacks the label": (
        {"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["db"]}]},
        {"web", "bare", "five"},
    ),
    "Exists": ({"matchExpressions": [{"key": "tier", "operator": "Exists"}]}, {"db", "web"}),
    "DoesNotExist": (
        {"matchExpressions": [{"key": "app", "operator": "DoesNotExist", "values": []}]},
        {"bare", "five"},
    ),
    "labels and expressions": (
        {
            "matchLabels": {"tier": "back"},
            "matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["db"]}],
        },
        set(),
    ),
}
TEXTS = {
    "": {"db", "web", "bare", "five"},
    "app=db": {"db"},
    "app==db": {"db"},
    " app != db ": {"web", "bare", "five"},
    "tier=": {"web"},
    "app in (db, web)": {"db", "web"},
    "app in (db),tier": {"db"},
    "app notin (db)": {"web", "bare", "five"},
    "tier in (,back)": {"db", "web"},
    "tier": {"db", "web"},
    "!tier": {"bare", "five"},
    "size>4": {"five"},
    "size>5": set(),
    "size<6,!app": {"five"},
    "app>4": set(),
    "in in (x)": set(),
    "example.org/app=db": set(),
}
MALFORMED: dict[str, tuple[Any, str]] = {
    "no object": ([], "must be an object"),
    "an unknown operator": (
        {"matchExpressions": [{"key": "a", "operator": "in"}]},
        'matchExpressions[0].operator must be "In" or "NotIn" or "Exists" or "DoesNotExist"',
    ),
    "no operator": ({"matchExpressions": [{"key": "a"}]}, "matchExpressions[0].operator is missing"),
    "no key": ({"matchExpressions": [{"operator": "Exists"}]}, "matchExpressions[0].key is missing"),
    "In without values": (
        {"matchExpressions": [{"key": "a", "operator": "In", "values": []}]},
        "matchExpressions[0].values must name a value at least for the operator In",
    ),
    "Exists with values": (
        {"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]},
        "matchExpressions[0].values must be empty for the operator Exists",
    ),
    "a bad key": ({"matchLabels": {"a b": "c"}}, 'matchLabels["a b"] is no name of a label'),
    "a bad value": ({"matchLabels": {"a": "b c"}}, "matchLabels.a is no value of a label"),
    "a number": ({"matchLabels": {"a": 1}}, "matchLabels.a must be a string"),
}
BAD_TEXTS = {
    "a b": "goes on with 'b' where a comma or the end belongs",
    "a in db": "lacks a '(' after in or notin",
    "a in (db": "lacks a ')'",
    "a,": "ends where the name of a label belongs",
    "=a": "has '=' where the name of a label belongs",
    "a=b/c": "has 'b/c' where a value of a label belongs",
    "a>b": "has 'b' where an integer belongs",
    "!": "ends where the name of a label belongs",
    "-a": "has '-a' where the name of a label belongs",
}


def _read(selector: Any) -> tuple[Any, list[Violation]]:  # noqa: ANN401 any JSON value
    violations: list[Violation] = []
    return read_selector(JsonValue(selector, (), violations)), violations


@pytest.mark.parametrize(("selector", "selected"), SELECTED.values(), ids=SELECTED)
def test_a_selector_selects(selector: dict[str, Any], selected: set[str]) -> None:
    read, violations = _read(selector)

    assert violations == []
    assert {name for name, labels in LABELS.items() if read.selects(labels)} == selected


@pytest.mark.parametrize(("text", "selected"), TEXTS.items(), ids=TEXTS)
def test_a_selector_in_text_selects(text: str, selected: set[str]) -> None:
    selector = parse_selector(text)

    assert {name for name, labels in LABELS.items() if selector.selects(labels)} == selected


@pytest.mark.parametrize(("selector", "reason"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_selector_is_refused_with_its_place(selector: Any, reason: str) -> None:  # noqa: ANN401
    _, violations = _read(selector)

    assert reason in described(violations)


@pytest.mark.parametrize(("text", "reason"), BAD_TEXTS.items(), ids=BAD_TEXTS)
def test_a_malformed_selector_in_text_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidSelector, match=reason.replace("(", r"\(").replace(")", r"\)")):
        parse_selector(text)
