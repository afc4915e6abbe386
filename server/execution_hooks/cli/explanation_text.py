"""An explanation as text: a legend of the criteria, a table of the containers, and how many are hit."""

from collections.abc import Iterator

import click

from execution_hooks.cli.formats import table, terminal_width, visible
from execution_hooks.matching.explanation import Explanation, Shown

_NAMES = ("namespace", "pod", "container", "image")


def matches(explanation: Explanation, shown: Shown = "all", width: int | None = None) -> Iterator[str]:
    """Yield the lines, styled for a terminal: what each criterion hits, the containers, and the sum.

    Names are unchanged, but for characters that are invisible or that standard output's encoding lacks:
    these are escaped. Names are folded to ``width``, by default that of the terminal; elsewhere
    each container has one line, however long. Nothing is cut.
    """
    width = width or terminal_width()
    if explanation.criteria:
        yield from _legend(explanation, width)
        yield "+ meets the criterion, - does not"
    else:
        yield "It has no criteria, so it hits every container."
    if shown != "none":
        yield from _containers(explanation.only(shown), width)
    yield bold(f"The hook hits {explanation.hits} of {len(explanation.containers)} containers.")


def bold(text: str) -> str:
    """Make a line stand out on a terminal."""
    return click.style(text, bold=True)


def alarm(text: str) -> str:
    """Make a line stand out on a terminal as something to act on."""
    return click.style(text, fg="red", bold=True)


def _legend(explanation: Explanation, width: int | None) -> Iterator[str]:
    alone = zip(explanation.criteria, explanation.hits_by_criterion, strict=True)
    rows = [
        (
            str(number),
            criterion.type,
            visible(criterion.value),
            f"hits {hits} of {len(explanation.containers)}",
        )
        for number, (criterion, hits) in enumerate(alone, 1)
    ]
    yield from table(None, rows, width=width, foldable=(2,))


def _containers(explanation: Explanation, width: int | None) -> Iterator[str]:
    numbers = [str(number + 1) for number in range(len(explanation.criteria))]
    waits = any(container.waiting for container in explanation.containers)
    rows = []
    for container, marks in zip(explanation.containers, explanation.marks, strict=True):
        names = (container.namespace_name, container.pod_name, container.container_name)
        state = ["waiting" if container.waiting else ""] if waits else []
        signs = ["+" if mark else "-" for mark in marks]
        image = container.container_image
        rows.append([*map(visible, (*names, image)), *state, *signs, "hit" if all(marks) else "miss"])
    headings = (*_NAMES, *(["state"] if waits else []), *numbers, "verdict")
    for line in table(headings, rows, width=width, foldable=range(len(_NAMES))):
        yield click.style(line, fg="green") if line.endswith("  hit") else line
