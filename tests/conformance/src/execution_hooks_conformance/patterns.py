"""Regular expressions of RE2: what ``format: re2`` stands for, which no JSON Schema can say."""

from collections.abc import Mapping, Sequence

import re2
from hypothesis import strategies as st

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
_TOO_MANY = 2001
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 1 << 20


def re2_patterns() -> st.SearchStrategy[str]:
    """Generate valid patterns: free text, and RE2's own syntax, some of which Python's ``re`` refuses."""
    text = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12)
    syntax = st.lists(st.sampled_from(_PIECES), max_size=6, unique=True).map("".join)
    return st.one_of(text, syntax).filter(lambda pattern: (_cost(pattern) or _TOO_MANY) < _TOO_MANY)


def affordable(criteria: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Return those of some criteria that a hook may have together, the first ones first."""
    kept, left = [], _TOO_MANY
    for criterion in criteria:
        instructions = _cost(criterion["value"]) or _TOO_MANY
        if instructions < left:
            kept.append(criterion)
            left -= instructions
    return kept


def _cost(pattern: str) -> int | None:
    """Count the instructions that RE2 compiles a pattern to; None if it does not compile it."""
    try:
        size: int = re2.compile(pattern, _OPTIONS).programsize
    except re2.error:
        return None
    return size
