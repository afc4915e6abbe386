"""The page that shows how the documented page is traced to the contract: /docs/page."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import flask
import yaml

from execution_hooks.contract.bundled import bundled_text
from execution_hooks.contract.document import Contract
from execution_hooks.contract.places import Excerpt, Places
from execution_hooks.http.pages.trace_mutants import Change, Mutants, read_mutants

_DECISION = re.compile(r"^\| (D-\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
_WHERE = (
    (re.compile(r"request\.parameter\b"), "Path parameter"),
    (re.compile(r"request\.hook\b"), "Request body"),
    (re.compile(r"response\.(\w+)\.(?:hook|problem)\b"), r"Response \1"),
    (re.compile(r"response\.(\d+|default)\b"), r"Response \1"),
    (re.compile(r"(request|response)\.(\w+)"), r"\2 in the \1"),
    (re.compile(r"(?:definition|contract)\.(\w+)"), r"\1"),
)
"""How the first words of a place are said to a reader."""


class Traced(NamedTuple):
    """A fact, a sentence, or what the contract adds; ``value`` is a fact's, as the page has it."""

    name: str
    verdict: str
    decision: str
    says: str
    value: Any
    is_fact: bool
    contract: Any
    differs: bool
    places: list[Excerpt]
    tests: list[str]
    mutants: list[Change]


class Place(NamedTuple):
    """A row of a table of the page, or another part of it, with all that is traced there."""

    id: str
    title: str
    traced: list[Traced]


class Decision(NamedTuple):
    """A row of DECISIONS.md."""

    id: str
    page: str
    contract: str
    why: str


def add_trace_page(site: flask.Flask, contract: Contract) -> None:
    """Add the page. It is made once, when it is asked for first."""

    @cache
    def page() -> str:
        mutants = read_mutants()
        places = list(_places(contract, mutants))
        entries = [each for place in places for each in place.traced]
        named = {each.decision for each in entries}
        decisions = (Decision(*found) for found in _DECISION.findall(bundled_text("DECISIONS.md")))
        return flask.render_template(
            "trace.html",
            root="../",
            places=places,
            counts=Counter(each.verdict for each in entries),
            decisions=[each for each in decisions if each.id in named],
            promises=mutants.promises,
        )

    site.add_url_rule("/docs/page", "trace", page)


def _places(contract: Contract, mutants: Mutants) -> Iterator[Place]:
    facts = yaml.load(bundled_text("page/facts.yaml"), Loader=yaml.CSafeLoader)["facts"]
    rows = yaml.load(bundled_text("page.trace.yaml"), Loader=yaml.CSafeLoader)
    written = Places(contract.source)
    for row in rows:
        id_ = "-".join(filter(None, (row["place"], row.get("in"))))
        traced = [
            _traced(row, name, stated, facts, written, mutants.of(f"{id_}.{name}"))
            for name, stated in row["facts"].items()
        ]
        direction = f" (in a {row['in']})" if "in" in row else ""
        yield Place(id_, _title(row["place"]) + direction, traced)


def _traced(
    row: Mapping[str, Any],
    name: str,
    stated: Mapping[str, Any],
    facts: Mapping[str, Any],
    written: Places,
    mutants: list[Change],
) -> Traced:
    fact = f"{row['place']}.{name}"
    return Traced(
        name,
        stated["verdict"],
        stated.get("decision", ""),
        stated.get("says", ""),
        facts.get(fact),
        fact in facts,
        stated.get("contract"),
        "contract" in stated,
        [written.excerpt(each) for each in (*stated.get("at", ()), *stated.get("within", ()))],
        stated.get("tests", row.get("tests", [])),
        mutants,
    )


def _title(place: str) -> str:
    for form, words in _WHERE:
        if form.match(place):
            return form.sub(words, place, count=1).replace(".", ": ", 1)
    return place.capitalize()
