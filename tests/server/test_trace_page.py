"""The page that shows the trace: every entry, with what the contract has at its line."""

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.contract.places import Places
from harness.clear_text import NO_TRUST
from harness.processes import Server
from page.trace import TRACE, read_trace

ENTRIES = read_trace(TRACE.read_text("utf-8"))
POINTERS = sorted({place for each in ENTRIES for place in (*each.at, *each.within)})
MAXIMUM = "/components/schemas/ExecutionHookName/maxLength"


@pytest.fixture(scope="module")
def page(server: Server) -> str:
    """The page's HTML."""
    response = httpx.get(f"{server.url}/docs/page", verify=NO_TRUST)
    assert response.status_code == 200
    return response.text


def _entry(page: str, words: str) -> str:
    """Return the text of the first entry whose summary has these words."""
    return next(each for each in _entries(page) if words in each)


def _entries(page: str) -> Iterator[str]:
    for each in re.findall(r'<details class="traced .*?</details>', page, re.DOTALL):
        yield " ".join(html.unescape(re.sub(r"<[^>]+>", " ", each)).split())


def test_the_page_shows_every_entry_and_every_verdict(page: str) -> None:
    entries = list(_entries(page))
    verdicts = [each.split()[0] for each in entries]

    assert len(entries) == len(ENTRIES)
    assert [verdicts.count(each) for each in ("same", "stricter", "looser", "silent")] == [
        sum(entry.verdict == each for entry in ENTRIES) for each in ("same", "stricter", "looser", "silent")
    ]


def test_a_fact_is_shown_with_its_value_its_place_and_its_test(page: str, bundled: Contract) -> None:
    line = Places(bundled.source).excerpt(MAXIMUM).line

    assert _entry(page, "maxLength: 63") == (
        f"same maxLength: 63 line {line} openapi.yaml:{line} {MAXIMUM} maxLength: 63 "
        "Held by tests/server/test_violations.py::test_eight_violations_are_named_at_once "
        f"Mutants of this server: In requests {MAXIMUM} "
        "dropped, loosened: killed by BODY-SCHEMA tightened: killed by VALID-ACCEPTED"
    )


def test_a_mutant_that_no_response_shows_has_the_reason(page: str) -> None:
    assert (
        "dropped, loosened: not killed, for nothing shows it: the enumeration has texts alone, and not null"
    ) in next(each for each in _entries(page) if "/components/schemas/HookAction/type" in each)


def test_a_sentence_has_the_servers_that_break_it(page: str) -> None:
    repeats = _entry(page, "Equal arguments may repeat")

    assert "A server that keeps equal arguments once, sorts arguments: killed by RESOURCE-AS-SENT" in repeats
    assert "No mutant changes what is said here." in _entry(page, "When the hook runs, seen from the action")


def test_a_difference_is_shown_with_what_the_contract_has_and_its_decision(page: str) -> None:
    repeats = _entry(page, "Equal arguments may repeat")

    assert repeats.startswith("looser")
    assert "Decision D-19" in repeats
    assert 'href="#D-19"' in page
    assert 'id="D-19"' in page
    assert "The contract: nothing" in _entry(page, "silent default: true")


def test_every_link_within_the_page_lands(page: str) -> None:
    links = re.findall(r'href="#([^"]+)"', page)

    assert len(links) > 100
    assert set(links) <= set(re.findall(r'id="([^"]+)"', page))


def test_an_excerpt_begins_with_what_its_pointer_names(bundled: Contract) -> None:
    places, lines = Places(bundled.source), bundled.source.splitlines()

    for pointer in POINTERS:
        name = pointer.rpartition("/")[2].replace("~1", "/")
        line = lines[places.excerpt(pointer).line - 1]
        assert line.lstrip().removeprefix("'").startswith(name), pointer


def test_an_excerpt_ends_with_the_value() -> None:
    source = "a:\n  b: {c: 1}\n  # about d\n  d:\n    - x\n    - y\n\ne: 'f\n  g'\n"
    places = Places(source)

    found = {each: places.excerpt(each)[1:] for each in ("/a", "/a/b", "/a/d", "/a/d/1", "/e")}
    assert found == {
        "/a": (1, "a:\n  b: {c: 1}\n  # about d\n  d:\n    - x\n    - y"),
        "/a/b": (2, "b: {c: 1}"),
        "/a/d": (4, "d:\n  - x\n  - y"),
        "/a/d/1": (6, "- y"),
        "/e": (8, "e: 'f\n  g'"),
    }


def test_a_long_excerpt_is_cut() -> None:
    source = "a:\n" + "".join(f"  b{number}: 1\n" for number in range(20))

    assert Places(source).excerpt("/a").text.splitlines()[-2:] == ["  b10: 1", "…"]


@pytest.mark.parametrize("pointer", ["/b", "/a/0", "/a/b/c"])
def test_where_there_is_nothing_there_is_no_excerpt(pointer: str) -> None:
    with pytest.raises(LookupError):
        Places("a:\n  b: 1\n").excerpt(pointer)
