"""What the command prints: nothing that a server sent can control the terminal, or end the run."""

import os
import re
import sys
from io import TextIOWrapper

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def say(text: str) -> None:
    """Print lines at once; where nobody reads any more, the run goes on for its reports and its status."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.stdout.write(f"{printable(text)}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def printable(text: str) -> str:
    """Return a text with its control characters, but for line breaks and tabs, and odd surrogates escaped."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
