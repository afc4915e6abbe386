"""Regular expressions of RE2: what ``format: re2`` stands for, which no JSON Schema can say."""

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
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False


def _compiles(pattern: str) -> bool:
    try:
        re2.compile(pattern, _OPTIONS)
    except re2.error:
        return False
    return True


def re2_patterns() -> st.SearchStrategy[str]:
    """Generate valid patterns: free text, and RE2's own syntax, some of which Python's ``re`` refuses."""
    text = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12)
    syntax = st.lists(st.sampled_from(_PIECES), max_size=6, unique=True).map("".join)
    return st.one_of(text, syntax).filter(_compiles)
