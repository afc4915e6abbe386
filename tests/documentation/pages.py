"""The pages of documentation: their commands, sections and headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:make|execution-hooks|python3?|pip|st|curl) [^`]+)`")
_PROMPT = "$ "
_SHELLS = {"sh", "shell", "bash", "console"}

REPOSITORY = Path(__file__).parents[2]
_FOLDERS = ("", "client", "openapi", "server", "tests", "tests/conformance")
PAGES = sorted(
    str(page.relative_to(REPOSITORY)) for folder in _FOLDERS for page in (REPOSITORY / folder).glob("*.md")
)
"""The paths of all pages of the project."""


@dataclass(frozen=True)
class Page:
    """A page in Markdown."""

    text: str

    @classmethod
    def read(cls, file: Path) -> "Page":
        """Read it from a file."""
        return cls(file.read_text("utf-8"))

    def prose(self) -> str:
        """Return the text without its blocks of code."""
        return _FENCED.sub("", self.text)

    def section(self, heading: str) -> str:
        """Return what stands below a heading of the second level, which must be there once."""
        [text] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", self.text, re.MULTILINE | re.DOTALL)
        return str(text)

    def anchors(self) -> set[str]:
        """Return the names by which links lead to the headings."""
        headings = re.findall(r"^#+ (.+)$", self.prose(), re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

    def sessions(self) -> list[list[str]]:
        """Return the blocks for a shell, each as its commands, without comments."""
        return [list(_commands(text)) for language, text in self._blocks() if language in _SHELLS]

    def transcripts(self) -> list[tuple[str, str]]:
        """Return what follows a prompt in other blocks, each as the command and what it printed."""
        shown = [text for language, text in self._blocks() if language not in _SHELLS]
        found = [text.removeprefix(_PROMPT).partition("\n") for text in shown if text.startswith(_PROMPT)]
        return [(command, printed) for command, _, printed in found]

    def inline(self) -> list[str]:
        """Return the commands in the running text, each once, in order."""
        return list(dict.fromkeys(_INLINE.findall(self.prose())))

    def _blocks(self) -> list[tuple[str, str]]:
        return [(block[1], block[2]) for block in _FENCED.finditer(self.text)]


def _commands(block: str) -> Iterator[str]:
    """Take a block apart: a command goes on after a backslash or a pipe at the end of a line."""
    command = ""
    for line in block.splitlines():
        command += re.sub(r"(^|\s+)#\s.*$", "", line)
        if command.endswith(("\\", "|")):
            command += "\n"
        elif command:
            yield command
            command = ""
    assert not command, f"{command!r} does not end"
