"""Where a JSON Pointer leads to in the text of the contract: the line, and what is written there."""

from textwrap import dedent
from typing import NamedTuple

import yaml

_MOST_LINES = 12


class Excerpt(NamedTuple):
    """What is written at a pointer; ``line`` counts from one. Text that is too long ends in an ellipsis."""

    pointer: str
    line: int
    text: str


class Places:
    """The places of a YAML document."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines()
        self._root = yaml.compose(source, Loader=yaml.CSafeLoader) or yaml.MappingNode("", [])

    def excerpt(self, pointer: str) -> Excerpt:
        """Return what is at a pointer, with its key. Raises LookupError where there is nothing."""
        start, value = self._root, self._root
        for token in pointer.split("/")[1:]:
            start, value = _member(value, token.replace("~1", "/").replace("~0", "~"))
        first, last = start.start_mark.line, max(start.start_mark.line + 1, _end(value))
        lines = self._lines[first:last]
        while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
            lines.pop()
        text = dedent("\n".join(lines[:_MOST_LINES])) + ("\n…" if len(lines) > _MOST_LINES else "")
        return Excerpt(pointer, first + 1, text)


def _end(value: yaml.Node) -> int:
    """Return the number of lines before the one that follows a value."""
    in_block = isinstance(value, yaml.CollectionNode) and not value.flow_style
    return int(value.end_mark.line) + (0 if in_block or value.end_mark.column == 0 else 1)


def _member(node: yaml.Node, token: str) -> tuple[yaml.Node, yaml.Node]:
    """Return where a member begins, and its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == token:
                return key, value
    if isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        return node.value[int(token)], node.value[int(token)]
    raise LookupError(token)
