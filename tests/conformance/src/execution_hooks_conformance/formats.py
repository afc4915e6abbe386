"""What the contract's formats ``re2`` and ``byte`` stand for, which no JSON Schema can say."""

import base64
import binascii
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from execution_hooks_conformance.oracle.patterns import MOST_INSTRUCTIONS, cost
from execution_hooks_conformance.oracle.scripts import is_plain

_PIECES = (
    ".",
    "^",
    "$",
    r"\z",
    r"\d{1,3}",
    r"\pL",
    r"\P{Greek}",
    "[a-z]+",
    "[^[:alnum:]]",
    "(?:a|b)*?",
    "(?P<tag>v[0-9])",
    "(?i)db",
    "(?U)x*",
    r"\Qa.b*\E",
    r"/postgres:16\.",
    "team=finance",
    "|",
)
_REPLACED = bytes(0x78 if byte in {0, 0x0D} or byte > 0x7F else byte for byte in range(256))


def re2_patterns() -> st.SearchStrategy[str]:
    """Generate valid patterns: free text, and RE2's own syntax, some of which Python's ``re`` refuses."""
    text = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12)
    syntax = st.lists(st.sampled_from(_PIECES), max_size=6, unique=True).map("".join)
    return st.one_of(text, syntax).filter(lambda pattern: _is_affordable(pattern, MOST_INSTRUCTIONS))


def affordable(criteria: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Return those of some criteria that a hook may have together, the first ones first."""
    kept, left = [], MOST_INSTRUCTIONS
    for criterion in criteria:
        if _is_affordable(criterion["value"], left):
            kept.append(criterion)
            left -= cost(criterion["value"]) or 0
    return kept


def scripts() -> st.SearchStrategy[str]:
    """Generate sources: base64 of text without NUL and carriage return, and without a mark in front."""
    characters = st.characters(codec="utf-8", exclude_characters="\0\r")
    texts = st.text(characters, min_size=1, max_size=40).filter(is_plain)
    return texts.map(lambda text: base64.b64encode(text.encode()).decode())


def text_like(source: str) -> str:
    """Return a source of the same length that is text; one that is already stays as it is."""
    try:
        script = base64.b64decode(source, validate=True)
    except binascii.Error:
        return source
    try:
        is_text = is_plain(script.decode())
    except UnicodeDecodeError:
        is_text = False
    return source if is_text else base64.b64encode(script.translate(_REPLACED)).decode()


def _is_affordable(pattern: str, most: int) -> bool:
    instructions = cost(pattern)
    return instructions is not None and 0 < instructions <= most
