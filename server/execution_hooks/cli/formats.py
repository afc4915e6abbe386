"""The forms of output: a table for people, JSON and YAML whole, names and ids one a line."""

import json
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from execution_hooks.cli.output import write_out

_GAP = "  "
_NARROWEST = 8
"""Columns to which a name is folded, at least, however narrow a terminal is."""

Document = Mapping[str, Any]
Columns = Mapping[str, str]
"""What a table shows of a document: by the heading of the column, where it is, as ``metadata.createdBy``."""


def write_list(documents: Iterable[Document], columns: Columns, form: str) -> None:
    """Print documents. A table has a heading even if there are none."""
    match form:
        case "table":
            write_out("\n".join(table(list(columns), [_cells(each, columns) for each in documents])))
        case "json" | "yaml":
            write_structured(list(documents), form)
        case member:
            for each in documents:
                write_out(visible(str(each[member])))


def write_one(document: Document, columns: Columns, form: str) -> None:
    """Print a document."""
    if form in {"json", "yaml"}:
        write_structured(document, form)
    else:
        write_list([document], columns, form)


def write_structured(value: object, form: str) -> None:
    """Print a value as JSON or YAML."""
    write_out(_structured(value, form))


def visible(text: str, encoding: str | None = None) -> str:
    """Escape what is no printable character, and what an encoding lacks, by default standard output's."""
    if text.isascii() and text.isprintable():
        return text
    escaped = "".join(each if each.isprintable() else _escaped(each) for each in text)
    encoding = encoding or getattr(sys.stdout, "encoding", None) or "utf-8"
    return escaped.encode(encoding, "backslashreplace").decode(encoding)


def terminal_width() -> int | None:
    """Return how many columns the terminal has; None where standard output is none."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if is_terminal else None


def table(
    headings: Sequence[str] | None,
    rows: Sequence[Sequence[str]],
    *,
    width: int | None = None,
    foldable: Collection[int] = (),
) -> Iterator[str]:
    """Yield lines with rows in columns, two spaces apart. Nothing is cut.

    The columns at ``foldable`` are folded until the lines are no longer than ``width``, if it is given, down
    to eight characters each. All others stay as wide as they are.
    """
    every = rows if headings is None else [headings, *rows]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    if width is not None:
        _narrow(widths, foldable, width)
    for row in every:
        if all(len(cell) <= most for cell, most in zip(row, widths, strict=True)):
            yield _line(row, widths)
        else:
            cells = [_folded(cell, most) for cell, most in zip(row, widths, strict=True)]
            yield from (_line(line, widths) for line in zip_longest(*cells, fillvalue=""))


def _narrow(widths: list[int], foldable: Collection[int], width: int) -> None:
    """Take from the widest columns that may be folded, until all fit or each is as narrow as it gets."""
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        widest = max(foldable, key=widths.__getitem__, default=None)
        if widest is None or widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


def _folded(cell: str, width: int) -> list[str]:
    return [cell[start : start + width] for start in range(0, len(cell), width)] or [""]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(map(str.ljust, cells, widths)).rstrip()


def _cells(document: Document, columns: Columns) -> list[str]:
    return [visible(_text(document, path)) or "-" for path in columns.values()]


def _text(document: Document, path: str) -> str:
    value: Any = document
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "" if value is None else str(value)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _structured(value: object, form: str) -> str:
    if form == "json":
        return json.dumps(value, indent=2)
    import yaml  # here, since it takes time that few commands need

    return yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False).rstrip("\n")
