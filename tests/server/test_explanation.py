"""Why a hook hits which containers."""

import json

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from execution_hooks.api.explanation_json import write_explanation
from execution_hooks.contract.document import Contract
from execution_hooks.matching.container_json import write_container
from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import Criterion, CriterionType
from execution_hooks.matching.explanation import Explanation, explain
from execution_hooks.matching.inventory import Containers

exactly_so = settings(derandomize=True, database=None, deadline=None, max_examples=200)


def _container(pod: str, image: str) -> Container:
    return Container("payroll", pod, (("app", "payroll"),), "main", image)


ALL = [_container("db-0", "postgres:16"), _container("db-1", "postgres:17"), _container("web-0", "nginx")]


def _explained(*criteria: tuple[CriterionType, str]) -> Explanation:
    return explain([Criterion(*criterion) for criterion in criteria], ALL)


def test_each_criterion_is_marked_at_each_container() -> None:
    explanation = _explained(("podName", "^db"), ("containerImage", "16"))

    assert explanation.marks == ((True, True), (True, False), (False, False))
    assert explanation.hits == 1
    assert explanation.hits_by_criterion == (2, 1)
    assert (explanation.excluded_by, explanation.conflicting()) == ((), ())


def test_without_criteria_every_container_is_hit() -> None:
    explanation = _explained()

    assert explanation.hits == 3
    assert (explanation.hits_by_criterion, explanation.excluded_by, explanation.conflicting()) == ((), (), ())


def test_criteria_that_hit_nothing_by_themselves_are_named() -> None:
    explanation = _explained(("podName", "^api"), ("podName", "0$"), ("podLabel", "tier"))

    assert explanation.hits == 0
    assert explanation.excluded_by == (0, 2)
    assert explanation.conflicting() == (0,)


def test_the_fewest_criteria_that_no_container_meets_together_are_named() -> None:
    explanation = _explained(("podLabel", "app"), ("podName", "web"), ("podName", "0$"), ("podName", "^db"))

    assert explanation.excluded_by == ()
    assert explanation.conflicting() == (1, 3)


def test_three_criteria_may_conflict_though_any_two_are_met() -> None:
    pods = [_container(pod, "i") for pod in ("ab", "bc", "ac")]

    explanation = explain([Criterion("podName", letter) for letter in "abc"], pods)

    assert (explanation.hits, explanation.hits_by_criterion) == (0, (2, 2, 2))
    assert explanation.conflicting() == (0, 1, 2)


def test_no_criterion_is_named_where_there_is_nothing_to_hit() -> None:
    explanation = explain([Criterion("podName", "db")], [])

    assert (explanation.hits, explanation.hits_by_criterion) == (0, (0,))
    assert (explanation.excluded_by, explanation.conflicting()) == ((), ())


def test_an_explanation_is_written_as_json() -> None:
    criteria = [Criterion("podName", "^db"), Criterion("containerImage", "oracle")]

    document = write_explanation(explain(criteria, ALL[:2]))

    assert json.loads(json.dumps(document)) == {
        "criteria": [
            {"type": "podName", "value": "^db", "hits": 2},
            {"type": "containerImage", "value": "oracle", "hits": 0},
        ],
        "containers": [
            {**write_container(ALL[0]), "criteria": [True, False], "hit": False},
            {**write_container(ALL[1]), "criteria": [True, False], "hit": False},
        ],
        "hits": 0,
        "excludedBy": [1],
    }
    assert list(document["containers"][0])[:5] == list(write_container(ALL[0]))


@pytest.mark.parametrize("name", ["MatchingContainer", "MatchingCriterion"])
def test_what_is_written_conforms_to_the_contract(bundled: Contract, name: str) -> None:
    schemas = bundled.document["components"]["schemas"]
    document = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    written = {
        "MatchingContainer": write_container(ALL[0]),
        "MatchingCriterion": {"type": "podName", "value": "^db"},
    }

    jsonschema_rs.Draft4Validator(document).validate(written[name])


NAMES = st.text(st.sampled_from("ab-"), min_size=1, max_size=4)
VALUES = st.sampled_from(["", "a", "b", "^a", "b$", "a.*b", "[^a]", "(?:ab|-)", "aa", "^$"])
TYPES: list[CriterionType] = ["containerImage", "containerName", "podName", "podLabel", "namespaceName"]


@exactly_so
@given(
    criteria=st.lists(st.builds(Criterion, st.sampled_from(TYPES), VALUES), max_size=5),
    containers=st.lists(
        st.builds(
            Container, NAMES, NAMES, st.lists(st.tuples(NAMES, NAMES), max_size=2).map(tuple), NAMES, NAMES
        ),
        max_size=8,
    ),
)
def test_an_explanation_agrees_with_the_matches(
    criteria: list[Criterion], containers: list[Container]
) -> None:
    prepared = Containers(containers)
    hit = prepared.matching(criteria)

    explanation = explain(criteria, containers)

    document = write_explanation(explanation)
    assert [place for place, row in enumerate(document["containers"]) if row["hit"]] == hit
    assert explanation.hits == len(hit)
    alone = [len(prepared.matching([criterion])) for criterion in criteria]
    assert list(explanation.hits_by_criterion) == alone
    assert document["excludedBy"] == [n for n, hits in enumerate(alone) if containers and not hits]
    blamed = explanation.conflicting()
    assert bool(blamed) is bool(containers and not hit)
    if blamed:
        assert prepared.matching([criteria[number] for number in blamed]) == []
        assert all(
            prepared.matching([criteria[other] for other in blamed if other != number]) for number in blamed
        )
