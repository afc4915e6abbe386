"""The page /explain in a browser: what a hook hits, while it is typed."""

import json

import pytest

from harness.browser import Browser
from harness.browser_page import Page
from harness.demo import Demo
from harness.manifests import EXPORTER, POSTGRES, application, hook, pod, written

GIVEN = written(application(), hook(("containerImage", "postgres")), pod("db-0", POSTGRES, EXPORTER))
TEXT, PATTERN, HOOK = (
    "document.querySelector('#manifests')",
    "document.querySelector('.criterion input')",
    "document.querySelector('#hook')",
)
SIZES = [(width, dark) for width in (400, 1280) for dark in (False, True)]


def _open(browser: Browser, demo: Demo, *, width: int = 1280, dark: bool = False) -> Page:
    page = browser.open(f"{demo.url}/explain", width=width, dark=dark)
    page.wait_for(PATTERN)
    return page


def _paste(page: Page, text: str) -> None:
    page.click(TEXT)
    page.type(text)


def _wait_for_verdict(page: Page, verdict: str) -> None:
    page.wait_for(f"document.querySelector('#verdict').textContent === {json.dumps(verdict)}")


def _assert_nothing_is_wrong(page: Page, demo: Demo) -> None:
    assert page.errors == []
    assert page.failed == []
    assert [each for each in page.requests if not each.startswith((demo.url, "data:"))] == []


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_the_page_fits_its_window_and_follows_its_colours(
    browser: Browser, demo: Demo, width: int, *, dark: bool
) -> None:
    page = _open(browser, demo, width=width, dark=dark)
    _paste(page, GIVEN)
    _wait_for_verdict(page, "The hook hits 2 of 2 containers")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    back = page.evaluate("getComputedStyle(document.querySelector('#manifests')).backgroundColor")
    assert back == ("rgb(26, 33, 43)" if dark else "rgb(244, 246, 249)")
    _assert_nothing_is_wrong(page, demo)


def test_criteria_are_tried_while_they_are_typed(browser: Browser, demo: Demo) -> None:
    page = _open(browser, demo)
    _paste(page, GIVEN)
    page.click(PATTERN)

    page.type("postgres")
    page.wait_for(
        "document.querySelector('.warning')?.textContent.includes('postgres and metrics of the pod')"
    )
    page.type(":16")
    _wait_for_verdict(page, "The hook hits 1 of 2 containers")
    assert page.evaluate("document.querySelector('.warning')") is None
    page.type("$x")
    _wait_for_verdict(page, "The hook hits nothing, of 2 containers")
    assert page.evaluate("document.querySelector('#notes').textContent").endswith(
        "alone excludes every container"
    )
    page.type("(")
    _wait_for_verdict(page, "This cannot be read")
    _assert_nothing_is_wrong(page, demo)


def test_a_hook_is_picked_and_its_criteria_take_the_place_of_typed_ones(browser: Browser, demo: Demo) -> None:
    page = _open(browser, demo)
    _paste(page, GIVEN)
    page.wait_for(f"{HOOK}.options.length === 2")

    page.evaluate(
        f"{HOOK}.value = 'shop/freeze'; {HOOK}.dispatchEvent(new Event('input', {{bubbles: true}}))"
    )

    page.wait_for(
        "document.querySelector('#notes').textContent.includes('1: containerImage postgres hits 2 of 2')"
    )
    assert page.evaluate("document.querySelector('#typed').disabled")
    _assert_nothing_is_wrong(page, demo)


def test_it_is_used_by_the_keyboard_alone(browser: Browser, demo: Demo) -> None:
    page = _open(browser, demo)
    page.evaluate(f"{TEXT}.focus()")
    page.type(GIVEN)
    for _ in range(4):  # the file, the hook, the type, the pattern
        page.press("Tab")
    page.type("^postgres:")

    _wait_for_verdict(page, "The hook hits 1 of 2 containers")
    page.press("Tab")
    page.press("Enter")
    page.wait_for("!document.querySelector('.criterion')")
    _wait_for_verdict(page, "The hook hits 2 of 2 containers")
    _assert_nothing_is_wrong(page, demo)


def test_a_file_is_taken_and_names_are_shown_as_text(browser: Browser, demo: Demo) -> None:
    page = _open(browser, demo)
    marked = written(pod("db-0", ("<b>bold</b>", "postgres:16")))

    page.evaluate(
        f"""(() => {{
          const data = new DataTransfer();
          data.items.add(new File([{json.dumps(marked)}], "pods.json"));
          {TEXT}.dispatchEvent(new DragEvent("drop", {{ dataTransfer: data, cancelable: true }}));
        }})()"""
    )

    page.wait_for("document.querySelector('#result').textContent.includes('<b>bold</b>')")
    assert page.evaluate("document.querySelector('#result b')") is None
    _assert_nothing_is_wrong(page, demo)


def test_what_cannot_be_read_is_told_with_the_place(browser: Browser, demo: Demo) -> None:
    page = _open(browser, demo)
    _paste(page, "kind: Pod\n\tapiVersion: v1")

    _wait_for_verdict(page, "This cannot be read")
    assert "line 2, column 1" in page.evaluate("document.querySelector('#notes').textContent")
    _assert_nothing_is_wrong(page, demo)
