"""Extracts the facts of the documented page from its text: ``python -m page.extract FILE``.

``FILE`` holds the page as a browser shows it: one table cell, sentence or bullet to a line, JSON as it is
printed. The page itself is the vendor's and is not kept here. The ids of facts follow its parts:

* ``operation.method``, ``request.parameter.NAME.…``, ``request.example``, ``response.STATUS.example``
* ``request.hook.FIELD.…``, ``response.201.hook.FIELD.…``, ``response.STATUS.problem.FIELD.…``
* ``definition.NAME.FIELD.…``; of two definitions of one name, the first is the request's
  (``request.NAME.FIELD.…``) and the second the response's (``response.NAME.FIELD.…``).
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from page.description import PageError, describe
from page.facts import FACTS, Page

_NAVIGATION = {"Skip to main content", "Contributors", "See Definitions"}
_HEADINGS = {"Parameters", "Request Body", "Response", "Error", "Definitions"}
_OPERATION = re.compile(r"(GET|POST|PUT|DELETE) (/\S+)")
_STATUS = re.compile(r"Status: ([0-9]{3}), (.+)")
_EXAMPLE = re.compile(r"Example (?:request|response|error response)")
_HEADER = re.compile(r"(Name Type(?: In)? Required) Description")
_CELLS = {
    "Name": re.compile(r"[A-Za-z_]\w*"),
    "Type": re.compile(r"string|array\[\w+\]|type_\w+"),
    "In": re.compile(r"path|query|header"),
    "Required": re.compile(r"True|False"),
}


def main() -> None:
    """Write the facts of a page's text into the committed file."""
    parser = argparse.ArgumentParser(description="Extract the facts of the documented page.")
    parser.add_argument("page", type=Path, help="the page's text")
    page = extract(parser.parse_args().page.read_text("utf-8"))
    FACTS.write_text(page.write(), "utf-8")
    sys.stdout.write(f"{len(page.facts)} facts, {len(page.sentences)} sentences\n")


def extract(text: str) -> Page:
    """Return the facts of the page's text. Raises PageError for text that this program cannot parse."""
    page = Page({}, {})
    for heading, lines in _sections([line.rstrip() for line in text.splitlines() if line.strip()]):
        match heading:
            case "":
                _operation(page, lines)
            case "Parameters":
                _table(page, "request.parameter", lines)
            case "Request Body":
                _body(page, "request", "hook", lines)
            case "Definitions":
                _definitions(page, lines)
            case _:
                _response(page, lines)
    return page


def _sections(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each heading with the lines below it; what stands above the first one has none."""
    starts = [0, *(index + 1 for index, line in enumerate(lines) if line in _HEADINGS)]
    for start, end in zip(starts, [*(start - 1 for start in starts[1:]), len(lines)], strict=True):
        below = [line for line in lines[start:end] if line not in _NAVIGATION]
        yield lines[start - 1] if start else "", below


def _operation(page: Page, lines: list[str]) -> None:
    for line in lines:
        if found := _OPERATION.fullmatch(line):
            page.add("operation.method", found[1])
            page.add("operation.path", found[2])
        else:
            describe(page, "operation", "", [line])


def _response(page: Page, lines: list[str]) -> None:
    found = _STATUS.fullmatch(lines[0])
    if not found:
        raise PageError(f"no status: {lines[0]!r}")
    prefix = f"response.{found[1]}"
    page.add(f"{prefix}.status", found[1])
    describe(page, prefix, "", [found[2]])
    _body(page, prefix, "hook" if found[1].startswith("2") else "problem", lines[1:])


def _body(page: Page, prefix: str, name: str, lines: list[str]) -> None:
    """Add the prose, the table and the example of a body."""
    header, example = _index(_HEADER, lines), _index(_EXAMPLE, lines)
    describe(page, prefix, "", lines[:header])
    _table(page, f"{prefix}.{name}", lines[header:example])
    printed = "\n".join(lines[example + 1 :])
    value = json.loads(printed)
    if json.dumps(value, indent=2, ensure_ascii=False) != printed:
        raise PageError(f"{prefix}: an example that is not printed as usual")
    page.add(f"{prefix}.example", value)


def _definitions(page: Page, lines: list[str]) -> None:
    headers = [index for index, line in enumerate(lines) if _HEADER.fullmatch(line)]
    starts = [max(i for i in range(header) if " " not in lines[i]) for header in headers]
    names = [lines[start] for start in starts]
    for number, start in enumerate(starts):
        name, header = names[number], headers[number]
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        direction = "response" if name in names[:number] else "request"
        prefix = f"{direction if names.count(name) > 1 else 'definition'}.{name}"
        describe(page, prefix, "", lines[start + 1 : header])
        _table(page, prefix, lines[header:end])


def _table(page: Page, prefix: str, lines: list[str]) -> None:
    """Add the rows of a table, whose header is the first line."""
    found = _HEADER.fullmatch(lines[0])
    if not found:
        raise PageError(f"{prefix}: no table: {lines[0]!r}")
    columns = found[1].split()
    width = len(columns)
    starts = [index for index in range(1, len(lines)) if _is_row(columns, lines[index : index + width])]
    if starts[:1] != [1]:
        raise PageError(f"{prefix}: no row: {lines[1]!r}")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        cells = dict(zip(columns, lines[start:end], strict=False))
        row = f"{prefix}.{cells['Name']}"
        page.add(f"{row}.type", cells["Type"])
        if "In" in cells:
            page.add(f"{row}.in", cells["In"])
        page.add(f"{row}.required", cells["Required"] == "True")
        describe(page, row, cells["Type"], lines[start + width : end])


def _is_row(columns: list[str], lines: list[str]) -> bool:
    return len(lines) == len(columns) and all(
        _CELLS[column].fullmatch(line) for column, line in zip(columns, lines, strict=True)
    )


def _index(form: re.Pattern[str], lines: list[str]) -> int:
    for index, line in enumerate(lines):
        if form.fullmatch(line):
            return index
    raise PageError(f"nothing of the form {form.pattern!r}")


if __name__ == "__main__":
    main()
