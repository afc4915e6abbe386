"""The pages beside the reference, and the reference as one file, in a browser."""

from pathlib import Path

import pytest

from browser.contrast import pale_texts
from execution_hooks.contract.document import Contract
from execution_hooks.http.pages.one_file import one_file
from harness.browser import Browser
from harness.browser_page import Page
from harness.demo import Demo

PAGES = ("", "docs/page", "docs/page#request.hook.name", "problems", "problems/10")
FOLDED = "[...document.querySelectorAll('.traced')].every(each => !each.open)"
SHOWN = "[...document.querySelectorAll('.traced')].filter(each => each.offsetHeight > 0)"


def _assert_it_fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.errors == page.failed == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [400, 1280])
def test_no_page_scrolls_sideways_or_asks_another_host(
    browser: Browser, demo: Demo, width: int, *, dark: bool
) -> None:
    page = browser.open(demo.url, width=width, dark=dark)
    for path in PAGES:
        page.go(f"{demo.url}/{path}")
        _assert_it_fits(page, width)

    assert [each for each in page.requests if not each.startswith(demo.url)] == []
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background != "rgb(255, 255, 255)") is dark


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_of_a_page_is_readable(browser: Browser, demo: Demo, *, dark: bool) -> None:
    page = browser.open(demo.url, dark=dark)
    for path in PAGES:
        page.go(f"{demo.url}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert pale_texts(page) == []

    page.evaluate("document.querySelector('h1').style.color = 'rgb(128 128 128 / 0.5)'")
    assert len(pale_texts(page)) == 1


def test_a_link_to_a_field_of_the_page_lands_below_the_header(browser: Browser, demo: Demo) -> None:
    page = browser.open(f"{demo.url}/docs/page#request.hook.name")

    top = page.evaluate("document.getElementById('request.hook.name').getBoundingClientRect().top")
    assert 48 <= top < 200
    assert page.evaluate(FOLDED)


def test_verdicts_are_chosen_and_entries_opened_by_the_keyboard(browser: Browser, demo: Demo) -> None:
    page = browser.open(f"{demo.url}/docs/page")
    page.evaluate("document.getElementById('only-all').focus()")
    for _ in range(4):
        page.press("ArrowDown")
    page.wait_for("document.getElementById('only-silent').checked")
    assert set(page.evaluate(f"{SHOWN}.map(each => each.className)")) == {"traced silent"}

    page.press("Tab")
    while not page.evaluate("document.activeElement.matches('summary')"):
        page.press("Tab")
    page.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")


def test_the_reference_in_one_file_needs_nothing_else(
    browser: Browser, bundled: Contract, tmp_path: Path
) -> None:
    file = tmp_path / "reference.html"
    file.write_text(one_file(bundled), "utf-8")

    page = browser.open(file.as_uri(), width=400)
    page.wait_for("document.querySelector('h1')?.textContent.includes('execution hooks')")

    _assert_it_fits(page, 400)
    assert {each.partition(":")[0] for each in page.requests} <= {"file", "data", "blob"}
