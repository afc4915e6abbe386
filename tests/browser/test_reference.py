"""The reference in a browser: read, searched, and tried out with a token."""

import pytest

from browser.contrast import pale_texts
from harness.browser import Browser
from harness.browser_page import Page
from harness.demo import Demo

CREATE = "tag/execution-hooks/createExecutionHook"
SHOWN = "document.querySelector('h1')?.textContent.includes('execution hooks')"
SEND = "[...document.querySelectorAll('button')].find(each => each.textContent.startsWith('Send'))"
SIZES = [(width, dark) for width in (400, 1280) for dark in (False, True)]
MOST_ELEMENTS = 3000


def _with_text(elements: str, text: str) -> str:
    return f"[...document.querySelectorAll('{elements}')].find(each => each.textContent.includes('{text}'))"


def _assert_nothing_is_wrong(page: Page, demo: Demo) -> None:
    assert page.errors == []
    assert [each for each in page.requests if not each.startswith((demo.url, "data:", "blob:"))] == []


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_the_reference_fits_its_window_and_follows_its_colours(
    browser: Browser, demo: Demo, width: int, *, dark: bool
) -> None:
    page = browser.open(f"{demo.url}/docs", width=width, dark=dark)
    page.wait_for(SHOWN)

    assert page.failed == []
    assert page.evaluate("document.querySelectorAll('*').length") <= MOST_ELEMENTS
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.body.classList.contains('dark-mode')") is dark
    _assert_nothing_is_wrong(page, demo)


@pytest.mark.parametrize("width", [400, 1280])
def test_the_link_to_the_documented_page_is_read_in_full(browser: Browser, demo: Demo, width: int) -> None:
    page = browser.open(f"{demo.url}/docs", width=width)
    link = "document.querySelector('.introduction-section a[href^=\"https://docs.netapp.com\"]')"
    page.wait_for(link)

    assert page.evaluate(f"{link}.innerText.trim()") == "The documented page"
    page.wait_for(f"{link}.querySelector('span').getBoundingClientRect().width > 100")
    row = f"{link}.closest('.custom-scroll')"
    assert page.evaluate(f"{row}.scrollWidth <= {row}.clientWidth")


@pytest.mark.parametrize("width", [400, 1280])
def test_every_link_of_the_header_is_within_the_window(browser: Browser, demo: Demo, width: int) -> None:
    page = browser.open(f"{demo.url}/docs", width=width)

    header = page.evaluate("document.querySelector('header').getBoundingClientRect().bottom")
    boxes = "[...document.querySelectorAll('header a')].map(each => each.getBoundingClientRect())"
    links = page.evaluate(f"{boxes}.map(each => [each.right, each.bottom])")
    assert len(links) == 5
    assert max(right for right, _ in links) <= width
    assert max(bottom for _, bottom in links) <= header


def test_a_link_to_an_operation_lands_there_with_its_badge_and_its_samples(
    browser: Browser, demo: Demo
) -> None:
    page = browser.open(f"{demo.url}/docs#{CREATE}", width=400)
    heading = _with_text("h3", "Create an execution hook")
    page.wait_for(heading)

    page.wait_for(f"Math.abs({heading}.getBoundingClientRect().top) < innerHeight / 2")
    page.wait_for("document.body.innerText.includes('documented page')")
    page.wait_for(_with_text("code", "curl -i -X POST"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    _assert_nothing_is_wrong(page, demo)


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_of_an_operation_is_readable(browser: Browser, demo: Demo, *, dark: bool) -> None:
    page = browser.open(f"{demo.url}/docs#{CREATE}", dark=dark)
    page.wait_for(_with_text("code", "curl -i -X POST"))

    assert pale_texts(page) == []


def test_an_operation_is_found_by_the_keyboard_alone(browser: Browser, demo: Demo) -> None:
    page = browser.open(f"{demo.url}/docs")
    page.wait_for(SHOWN)

    page.press("k", control=True)
    page.wait_for("document.activeElement?.matches('input[role=combobox], [role=dialog] input')")
    page.type("Delete a hook source")
    page.wait_for("document.querySelector('[role=option]')?.textContent.includes('Delete a hook source')")
    page.press("ArrowDown")
    page.wait_for("document.querySelector('[role=option][aria-selected=true]')")
    page.press("Enter")

    page.wait_for("location.hash.endsWith('deleteHookSource')")
    _assert_nothing_is_wrong(page, demo)


def test_a_hook_is_created_with_a_token_and_its_name_is_then_taken(browser: Browser, demo: Demo) -> None:
    page = browser.open(f"{demo.url}/docs")
    page.click("document.querySelector('input[placeholder=Token]')")
    page.type(demo.token)
    page.click(_with_text("aside a, aside button", "Create an execution hook"))
    page.click(_with_text("button", "Test Request"))

    page.click(SEND)
    page.wait_for("document.body.innerText.includes('201 Created')")
    page.click(SEND)
    page.wait_for("document.body.innerText.includes('409 Conflict')")

    assert [each for each in page.failed if "409" not in each] == []
    _assert_nothing_is_wrong(page, demo)
