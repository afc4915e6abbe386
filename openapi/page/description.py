"""The facts in the description of a row of the documented page: bounds, values, defaults, and sentences."""

import re
from collections.abc import Callable

from page.facts import Page

_BULLET = "•"
_END_OF_SENTENCE = re.compile(r"(?<=[.:])\s+(?=[A-Z])")
_LEAD = "Defined values are:"
_KEYWORDS = {
    "Minimum length": "minLength",
    "Maximum length": "maxLength",
    "Minimum items": "minItems",
    "Maximum items": "maxItems",
}
_BOUND = re.compile(rf"({'|'.join(_KEYWORDS)}): ([0-9]+)(?: (?P<rest>.+))?")
_VALUE = re.compile(r'"([^"]+)"(?: - (?P<rest>.+))?')
_SCHEMA = re.compile(r"Conforms to the (.+?) Schema(?: (?P<rest>.+))?")
_EXAMPLE = re.compile(r"example: (?P<example>\S+)")
_DEFAULT = re.compile(r'The default value is "([^"]+)"\.')
_VALUES_FOR = re.compile(r'Values? for \w+ "(\w+)" (?:is|are) ("\w+"(?: and "\w+")*)\.')
_SYNTAX = re.compile(r"Regex syntax: (https://\S+)")


class PageError(ValueError):
    """Text that this program cannot parse, raised so that no fact of the page is left out unnoticed."""


def describe(page: Page, prefix: str, kind: str, lines: list[str]) -> None:
    """Add the facts in a field's description, under ids with this prefix; ``kind`` is the field's type.

    Raises PageError for a bullet of an unknown form.
    """
    values: list[str] = []
    for line in map(str.strip, lines):
        prose = _bullet(page, prefix, kind, line, values) if line.startswith(_BULLET) else line
        for sentence in _END_OF_SENTENCE.split(prose):
            _sentence(page, prefix, sentence)
    if values:
        page.add(f"{prefix}.enum", values)


def _bullet(page: Page, prefix: str, kind: str, line: str, values: list[str]) -> str:
    """Add the fact that a bullet states; return the prose that follows in it."""
    text = line.removeprefix(_BULLET).strip()
    if found := _BOUND.fullmatch(text):
        of_items = kind.startswith("array") and found[1].endswith("length")
        page.add(f"{prefix}.{'items.' if of_items else ''}{_KEYWORDS[found[1]]}", int(found[2]))
    elif found := _VALUE.fullmatch(text):
        values.append(found[1])
    elif found := _SCHEMA.fullmatch(text):
        page.add(f"{prefix}.conformsTo", found[1])
    elif found := _EXAMPLE.fullmatch(text):
        page.add(f"{prefix}.example", found["example"])
    else:
        raise PageError(f"{prefix}: a bullet of an unknown form: {text!r}")
    return found.groupdict().get("rest") or ""


def _sentence(page: Page, prefix: str, sentence: str) -> None:
    """Add a sentence's fact where it states one in a known form, else its digest."""
    forms: list[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, object]]]] = [
        (_DEFAULT, lambda found: ("default", found[1])),
        (_VALUES_FOR, lambda found: (f"valuesFor.{found[1]}", re.findall(r'"(\w+)"', found[2]))),
        (_SYNTAX, lambda found: ("syntax", found[1])),
    ]
    for form, fact in forms:
        if found := form.fullmatch(sentence):
            name, value = fact(found)
            page.add(f"{prefix}.{name}", value)
            return
    if sentence not in {"", _LEAD}:
        page.add_sentence(prefix, sentence)
