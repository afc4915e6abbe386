"""The forms of output: a table for people, JSON and YAML whole, names and ids one a line."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from execution_hooks.cli.output import write_out

Document = Mapping[str, Any]
Columns = Mapping[str, str]
"""What a table shows of a document: by the heading of the column, where it is, as ``metadata.createdBy``."""


def write_list(documents: Iterable[Document], columns: Columns, form: str) -> None:
    """Print documents. A table has a heading even if there are none."""
    match form:
        case "table":
            write_out(table(list(columns), [_cells(each, columns) for each in documents]))
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


def visible(text: str) -> str:
    """Escape what is no printable character, and what the encoding of standard output lacks."""
    escaped = "".join(each if each.isprintable() else _escaped(each) for each in text)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return escaped.encode(encoding, "backslashreplace").decode(encoding)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows in columns, two spaces apart. Nothing is cut: a line may be longer than a terminal is wide."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in (headings, *rows))
    return "\n".join(lines)


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
