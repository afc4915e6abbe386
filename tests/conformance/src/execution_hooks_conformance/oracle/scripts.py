"""Scripts of hook sources: which ones can run, and their checksums."""

import base64
import binascii
import hashlib


def checksum(source: str) -> str:
    """Return the MD5 of a source's base64 text."""
    return hashlib.md5(source.encode(), usedforsecurity=False).hexdigest()


def is_script(source: str) -> bool:
    """Tell whether a source in base64 is text in UTF-8 that a shell can run."""
    try:
        text = base64.b64decode(source, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return is_plain(text)


def is_plain(text: str) -> bool:
    """Tell whether a script has no NUL and no carriage return, and does not begin with a byte order mark."""
    return not {"\0", "\r"} & {*text} and not text.startswith("\ufeff")
