"""Requests as commands to paste into a shell."""

import re
import shlex
from collections.abc import Mapping
from typing import Any

LEFT_OUT = {"user-agent", "accept-encoding", "connection", "content-length", "x-schemathesis-testcaseid"}
"""Headers that are the sender's, not the request's, in lower case."""
_VARIABLE = re.compile(r"\$(?:VIEWER_|SECOND_|LIMITED_|REVOKED_|FOREIGN_)?TOKEN")


def curl(sent: Mapping[str, Any]) -> str:
    """Return the command that sends a request of a log again; tokens are variables of the shell."""
    parts = ["curl", "-i", "-X", sent["method"], _quoted(sent["url"])]
    for name, value in sent["headers"].items():
        if name.lower() not in LEFT_OUT:
            parts += ["-H", _quoted(f"{name}: {value}")]
    if sent["body"]:
        parts += ["--data-binary", _quoted(sent["body"])]
    return " ".join(parts)


def _quoted(text: str) -> str:
    """Quote a text for a shell, but for the names of tokens, which it is to replace."""
    pieces = _VARIABLE.split(text)
    names = _VARIABLE.findall(text)
    quoted = [shlex.quote(piece) if piece else "" for piece in pieces]
    return "".join(
        f"{piece}{name}" for piece, name in zip(quoted, [*(f'"{each}"' for each in names), ""], strict=True)
    )
