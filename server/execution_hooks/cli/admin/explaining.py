"""How an explanation is printed: a legend of the criteria, a table of the containers, a verdict."""

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from execution_hooks.cli.why_nothing import reasons
from execution_hooks.contract.bundled import limits
from execution_hooks.matching.explanation import Explanation

_NAMES = ("namespace", "pod", "container", "image")
_STATE = "state"
_VERDICT = "verdict"
_NARROWEST_NAME = 8
"""Columns of a name, at least, however narrow the terminal is."""
_WIDEST = 1_000_000
"""Columns that no table needs."""


def drawn(explanation: Explanation | None, hook_name: str, app_name: str) -> str:
    """Return what ``print_explanation`` prints where standard output leads, without the last line's end."""
    console = Console()
    with console.capture() as page:  # rich would end the process where the reader has left
        print_explanation(explanation, hook_name, app_name, console)
    return page.get().removesuffix("\n")


def print_explanation(
    explanation: Explanation | None, hook_name: str, app_name: str, console: Console
) -> None:
    """Print which containers a hook hits, and why. None: the app's containers are not known.

    Names are printed unchanged, but for characters that are invisible or that the console's
    encoding lacks: these are escaped. On a terminal names are folded to its width. Elsewhere each
    container has a line of its own, however long. Nothing is cut.
    """
    page = _Page(console)
    page.line(f"Hook {hook_name}, app {app_name}", "bold")
    if explanation is None:
        page.panel("NO CONTAINERS KNOWN", f"The containers of the app {app_name} are not known.", *_IMPORT)
    elif not explanation.containers:
        page.panel("NO CONTAINERS", f"The app {app_name} had no containers when last imported.", *_IMPORT)
    else:
        _print_matches(explanation, page)


_IMPORT = (
    "To import them:",
    "",
    "kubectl get pods -A -o json > FILE",
    "execution-hooks admin app import --account ID --name NAME FILE",
)


class _Page:
    """A console on which nothing is cut, and no text is taken for markup or for control characters."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def text(self, text: str, style: str = "") -> Text:
        encoding = self._console.encoding
        visible = "".join(character if character.isprintable() else _escaped(character) for character in text)
        return Text(visible.encode(encoding, "backslashreplace").decode(encoding), style)

    def line(self, text: str, style: str = "") -> None:
        self._console.print(self.text(text, style), soft_wrap=not self._console.is_terminal)

    def panel(self, title: str, *lines: str) -> None:
        text = Text("\n").join(map(self.text, lines))
        self._console.print(Panel(text, title=title, border_style="bold red", box=box.HEAVY, expand=False))

    def table(self, table: Table, *, narrowest: int = 0) -> None:
        needed = self._console.measure(table, options=self._console.options.update_width(_WIDEST)).maximum
        room = max(self._console.width, narrowest) if self._console.is_terminal else needed
        table.width = min(needed, room)
        self._console.print(table, crop=False)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _print_matches(explanation: Explanation, page: _Page) -> None:
    if explanation.criteria:
        page.table(_legend(explanation, page))
        page.line("+ meets the criterion, - does not")
    else:
        page.line("It has no criteria, so it hits every container.")
    names, marks = len(_NAMES) * (_NARROWEST_NAME + 1), 3 * len(explanation.criteria)
    state = len("waiting") + 2 if any(container.waiting for container in explanation.containers) else 0
    page.table(_containers(explanation, page), narrowest=names + state + marks + len(_VERDICT))
    page.line(f"The hook hits {explanation.hits} of {len(explanation.containers)} containers.", "bold")
    if waiting := explanation.waiting_hits:
        page.line(f"{waiting} of them waited to start when imported; a hook cannot run there before they do.")
    _print_unlisted_images(explanation, page)
    if not explanation.hits:
        page.panel("THIS HOOK HITS NOTHING", *reasons(explanation))


def _print_unlisted_images(explanation: Explanation, page: _Page) -> None:
    """Print which images of the hit containers the hook's ``matchingImages`` does not name."""
    too_long = len(explanation.images_too_long)
    most, longest = limits().most_images, limits().longest_image
    if explanation.images - too_long > most:
        page.line(f"They have {explanation.images:,} images; matchingImages names the first {most:,}.")
    if too_long:
        images = "1 image" if too_long == 1 else f"{too_long} images"
        page.line(f"matchingImages leaves out {images} of more than {longest} characters.")


def _legend(explanation: Explanation, page: _Page) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(4):
        table.add_column(overflow="fold")
    criteria = zip(explanation.criteria, explanation.hits_by_criterion, strict=True)
    for number, (criterion, hits) in enumerate(criteria, 1):
        share = f"hits {hits} of {len(explanation.containers)}"
        texts = (str(number), criterion.type, criterion.value, share)
        table.add_row(*(page.text(text, "" if hits else "bold red") for text in texts))
    return table


def _containers(explanation: Explanation, page: _Page) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    states = [("waiting" if each.waiting else "") for each in explanation.containers]
    shows_states = any(states)
    for name in _NAMES:
        table.add_column(name, overflow="fold")
    if shows_states:
        table.add_column(_STATE, no_wrap=True)
    for number in range(len(explanation.criteria)):
        table.add_column(str(number + 1), no_wrap=True)
    table.add_column(_VERDICT, no_wrap=True)
    for container, state, marks in zip(explanation.containers, states, explanation.marks, strict=True):
        names = (container.namespace_name, container.pod_name, container.container_name)
        table.add_row(
            *map(page.text, (*names, container.container_image)),
            *([state] if shows_states else []),
            *(Text("+", "green") if mark else Text("-", "red") for mark in marks),
            Text("hit", "bold green") if all(marks) else Text("miss", "dim"),
        )
    return table
