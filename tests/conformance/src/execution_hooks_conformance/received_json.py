"""JSON as a server sent it: nothing in it can end a run."""

import json
import re
from typing import Any

_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


def parsed(content: bytes | str) -> Any:  # noqa: ANN401 any JSON value
    """Return the value. Raises ValueError if there is none, or it is nested too deeply to be read."""
    if isinstance(content, bytes):
        content = content.decode(json.detect_encoding(content), "surrogatepass")
    try:
        return mended(json.loads(content), content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def mended(value: Any, text: str) -> Any:  # noqa: ANN401 any JSON value
    """Return a value whose text is given; halves of surrogate pairs, which no encoding has, become ``?``."""
    if not _HALF.search(text):
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
