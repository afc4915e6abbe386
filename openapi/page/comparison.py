"""Holds the contract to the facts of the documented page, but for the differences that are recorded."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from page.facts import Page
from page.objects import Node, page_objects
from page.statements import Statement, statements

Stated = dict[str, list[Statement]]
"""What the contract states, by fact."""


class Deviation(NamedTuple):
    """What the contract states in place of a fact, or beyond the page (None: it states nothing)."""

    fact: str
    direction: str | None
    value: Any
    decision: str


class Finding(NamedTuple):
    """A fact, or a statement of the contract, that is neither held nor recorded as a deviation."""

    fact: str
    message: str


def differences(document: Node, page: Page, deviations: list[Deviation]) -> list[Finding]:
    """Return where the contract and the page differ without a record, and records without a difference."""
    stated = _stated(document)
    return [*_unrecorded(stated, page, deviations), *_unused(stated, page, deviations)]


def _unrecorded(stated: Stated, page: Page, deviations: list[Deviation]) -> Iterator[Finding]:
    for fact in [*page.facts, *(each for each in stated if each not in page.facts)]:
        for statement in stated.get(fact, [Statement(fact, None)]):
            recorded = [each for each in deviations if _is_about(each, statement)]
            if len(recorded) > 1:
                yield Finding(fact, f"listed twice: {', '.join(each.decision for each in recorded)}")
            elif recorded and not _same(recorded[0].value, statement.value):
                [deviation] = recorded
                yield Finding(fact, f"{statement.value!r}, not {deviation.value!r} ({deviation.decision})")
            elif not recorded and not _holds(page, statement):
                yield Finding(fact, f"{statement.value!r}, the page has {page.facts.get(fact)!r}")


def _unused(stated: Stated, page: Page, deviations: list[Deviation]) -> Iterator[Finding]:
    for each in deviations:
        about = [statement for statement in stated.get(each.fact, []) if _is_about(each, statement)]
        if not about and (each.direction or each.fact not in page.facts):
            yield Finding(each.fact, f"not in the contract, or not there ({each.decision})")
        elif each.fact in page.facts and _same(each.value, page.facts[each.fact]):
            yield Finding(each.fact, f"the page says the same ({each.decision})")


def _stated(document: Node) -> Stated:
    """Return the statements by id; of two objects of one id, what only one states is None for the other."""
    by_fact = defaultdict[str, list[Statement]](list)
    for statement in statements(document):
        by_fact[statement.id].append(statement)
    objects = page_objects(document)
    for fact, found in by_fact.items():
        stating = {id(statement.owner.schema) for statement in found if statement.owner}
        about = [each for each in objects if fact.startswith(f"{each.id}.")]
        found.extend(Statement(fact, None, each) for each in about if id(each.schema) not in stating)
    return by_fact


def _is_about(deviation: Deviation, statement: Statement) -> bool:
    return deviation.fact == statement.id and deviation.direction in {None, statement.direction}


def _holds(page: Page, statement: Statement) -> bool:
    """Return whether the contract states what the page does; an example need only be among its examples."""
    if statement.id not in page.facts:
        return statement.value is None
    fact = page.facts[statement.id]
    if statement.id.endswith(".example") and isinstance(fact, dict):
        return any(_same(fact, each) for each in statement.value or [])
    return _same(fact, statement.value)


def _same(one: object, other: object) -> bool:
    """Compare as JSON, to the letter: members in their order, and no number for a boolean."""
    return json.dumps(one) == json.dumps(other)
