"""Hook sources: the scripts that hooks run."""

import base64
import hashlib
from dataclasses import dataclass

LONGEST = 131_072
"""Characters of base64 that a source may take."""


class InvalidHookSource(ValueError):
    """The bytes cannot be a hook source."""


@dataclass(frozen=True, slots=True)
class HookSource:
    """A script as the API carries it: base64 text, with the MD5 of that text (not of the script)."""

    encoded: str

    @classmethod
    def from_script(cls, script: bytes) -> "HookSource":
        """Encode a script. Raises InvalidHookSource: it must be text without NUL or carriage return."""
        try:
            text = script.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidHookSource(f"is not text in UTF-8: {error}") from None
        for character, name in (("\0", "a NUL"), ("\r", "a carriage return")):
            if character in text:
                line = text.count("\n", 0, text.index(character)) + 1
                raise InvalidHookSource(f"contains {name} in line {line}")
        encoded = base64.b64encode(script).decode("ascii")
        if not 0 < len(encoded) <= LONGEST:
            raise InvalidHookSource(f"must take 1 to {LONGEST} characters of base64, not {len(encoded)}")
        return cls(encoded)

    @property
    def checksum(self) -> str:
        """The MD5 of the base64 text, in hexadecimal."""
        return hashlib.md5(self.encoded.encode("ascii"), usedforsecurity=False).hexdigest()
