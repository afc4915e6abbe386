"""Scripts in base64: what ``format: byte`` stands for here, which no JSON Schema can say."""

import base64
import binascii

from hypothesis import strategies as st

_REPLACED = bytes(0x78 if byte in {0, 0x0D} or byte > 0x7F else byte for byte in range(256))


def scripts() -> st.SearchStrategy[str]:
    """Generate sources: base64 of text without NUL and carriage return, and without a mark in front."""
    characters = st.characters(codec="utf-8", exclude_characters="\0\r")
    texts = st.text(characters, min_size=1, max_size=40).filter(is_plain)
    return texts.map(lambda text: base64.b64encode(text.encode()).decode())


def is_plain(text: str) -> bool:
    """Tell whether a script has no NUL and no carriage return, and does not begin with a byte order mark."""
    return not {"\0", "\r"} & {*text} and not text.startswith("\ufeff")


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
