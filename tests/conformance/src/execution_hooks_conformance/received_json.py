"""JSON as a server sent it: nothing in it can end a run."""

import json
import re
from typing import Any

_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def parsed(content: bytes | str) -> Any:  # noqa: ANN401 any JSON value
    """Return the value. Raises ValueError if there is none, or it is nested too deeply to be read."""
    if isinstance(content, bytes):
        content = content.decode(json.detect_encoding(content), "surrogatepass")
    try:
        return without_halves(json.loads(content), content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def without_halves(value: Any, text: str) -> Any:  # noqa: ANN401 any JSON value
    """Return a value whose text is given; halves of surrogate pairs, which no encoding has, become ``?``."""
    if not _has_halves(text):
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))


def _has_halves(text: str) -> bool:
    """Tell whether JSON may hold a half of a surrogate pair, as it is or escaped."""
    if _ESCAPED_HALF.search(text):
        return True
    try:
        text.encode()  # a search for such characters takes many times as long
    except UnicodeEncodeError:
        return True
    return False
