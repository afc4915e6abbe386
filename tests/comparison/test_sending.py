"""Changes of tokens and of how parameters are written are judged by what is in requests."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from comparison.conftest import Edited
from diff.changes import Change, Contract
from diff.comparison import compare
from diff.places import Node

HOOKS = "/accounts/{account_id}/core/v1/executionHooks"
BROKEN, WIDER, SAME = {("breaking", "request")}, {("additive", "request")}, set[tuple[str, str]]()
KEY = {"type": "apiKey", "in": "header", "name": "X-Key", "description": "A key."}


def _about_requests(changes: list[Change]) -> set[tuple[str, str]]:
    return {(each.level, each.side) for each in changes if each.side == "request"}


def _rename_scheme(document: Node) -> None:
    schemes = document["components"]["securitySchemes"]
    schemes["token"] = schemes.pop("bearerToken")
    for item in document["paths"].values():
        for operation in (each for each in item.values() if "security" in each):
            operation["security"] = [{"token": []}]


def _may_send_a_key(document: Node) -> None:
    document["components"]["securitySchemes"]["key"] = KEY
    document["paths"][HOOKS]["get"]["security"] = [{"bearerToken": []}, {"key": []}]


def _must_send_a_key(document: Node) -> None:
    document["components"]["securitySchemes"]["key"] = KEY
    document["paths"][HOOKS]["get"]["security"] = [{"bearerToken": [], "key": []}]


def _needs_nothing(document: Node) -> None:
    document["paths"][HOOKS]["get"]["security"] = []


@pytest.mark.parametrize(
    ("edit", "judged"),
    [(_rename_scheme, SAME), (_may_send_a_key, WIDER), (_must_send_a_key, BROKEN), (_needs_nothing, WIDER)],
)
def test_a_change_of_tokens_breaks_whose_token_no_longer_counts(
    edited: Edited, edit: Callable[[Node], None], judged: set[tuple[str, str]]
) -> None:
    assert _about_requests(edited(edit)) == judged


def test_a_change_of_tokens_is_said_in_words(edited: Edited) -> None:
    [change] = [each for each in edited(_must_send_a_key) if each.side == "request"]

    assert change.what == "asks for the header X-Key and HTTP bearer, asked for HTTP bearer"


@pytest.mark.parametrize(
    ("parameter", "keywords", "judged"),
    [
        ("Limit", {"style": "form"}, SAME),  # as it is without
        ("Limit", {"style": "form", "explode": False}, SAME),  # one value looks the same
        ("AccountID", {"style": "simple"}, SAME),
        ("AccountID", {"style": "label"}, BROKEN),
        ("HookFilter", {"allowReserved": True}, BROKEN),
        ("HookFilter", {"allowReserved": False}, SAME),
    ],
)
def test_a_parameter_breaks_where_it_is_written_in_another_way(
    edited: Edited, document: Node, parameter: str, keywords: Node, judged: set[tuple[str, str]]
) -> None:
    assert parameter in document["components"]["parameters"]

    changes = edited(lambda each: each["components"]["parameters"][parameter].update(keywords))

    assert _about_requests(changes) == judged


def test_a_list_breaks_where_it_is_written_in_another_way(document: Node) -> None:
    states = {"name": "state", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}

    def compared(**keywords: Any) -> set[tuple[str, str]]:  # noqa: ANN401 any JSON
        before, after = deepcopy(document), deepcopy(document)
        before["paths"][HOOKS]["get"]["parameters"].append(states)
        after["paths"][HOOKS]["get"]["parameters"].append({**states, **keywords})
        return _about_requests(compare(Contract.of(before), Contract.of(after)))

    assert compared(explode=True) == SAME
    assert compared(explode=False) == BROKEN
    assert compared(style="spaceDelimited") == BROKEN
