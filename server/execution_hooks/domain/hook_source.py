"""A hook source: a script that hooks run, and the rules that it must meet."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import TypedDict

from execution_hooks.domain.metadata import Label, Metadata
from execution_hooks.domain.violations import Violation

_BYTE_ORDER_MARK = "\ufeff"
"""Some editors write it in front of UTF-8. The kernel then finds no ``#!`` and cannot start the script."""


class InvalidScript(ValueError):
    """The bytes cannot be a script."""


def encoded(script: bytes, longest: int) -> str:
    """Encode a script as the API carries it, in base64. Raises InvalidScript.

    It must be text in UTF-8 without NUL or carriage return, must not begin with a byte order mark, and
    take 1 to ``longest`` characters.
    """
    if reason := _reason(script):
        raise InvalidScript(reason)
    text = base64.b64encode(script).decode("ascii")
    if not 0 < len(text) <= longest:
        raise InvalidScript(f"must take 1 to {longest} characters of base64, not {len(text)}")
    return text


def source_violations(source: str) -> list[Violation]:
    """Return the violations of a ``source`` that matches its schema."""
    try:
        reason = _reason(base64.b64decode(source, validate=True))
    except binascii.Error as error:
        reason = f"is not base64: {error}"
    return [Violation(("source",), reason)] if reason else []


def _reason(script: bytes) -> str:
    """Return why a script is refused; empty if it is not."""
    try:
        text = script.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"is not text in UTF-8: {error.reason} at byte {error.start}"
    if text.startswith(_BYTE_ORDER_MARK):
        return "begins with a byte order mark"
    for character, name in (("\0", "a NUL"), ("\r", "a carriage return")):
        if character in text:
            line = text.count("\n", 0, text.index(character)) + 1
            return f"contains {name} in line {line}"
    return ""


class HookSourceFields(TypedDict, total=False):
    """What a client sets of a hook source. A field that is absent has its default, or keeps its value."""

    name: str
    source: str
    description: str
    labels: tuple[Label, ...]


class HookSourceClaims(TypedDict, total=False):
    """What a client sends for the fields that only the server sets. It must be right."""

    id: str
    private: bool
    preloaded: bool
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HookSource:
    """A stored hook source. ``source`` is in base64; ``description`` None means that there is none.

    A ``private`` source is not shown; a ``preloaded`` one came with the product and is read only.
    """

    id: str
    account_id: str
    name: str
    source: str
    description: str | None = None
    labels: tuple[Label, ...] = ()
    metadata: Metadata
    private: bool = False
    preloaded: bool = False

    @property
    def checksum(self) -> str:
        """The MD5 of the base64 text (not of the script), in hexadecimal."""
        return _checksum(self.source)


def _checksum(source: str) -> str:
    return hashlib.md5(source.encode("ascii"), usedforsecurity=False).hexdigest()


def claim_violations(
    stored: HookSource, fields: HookSourceFields, claims: HookSourceClaims
) -> list[Violation]:
    """Return violations for the fields of an update that would change what cannot be changed.

    The checksum may be that of the stored source, as it was read, or that of the source sent.
    """
    violations = [
        Violation((name,), "is not that of this hook source")
        for name in ("id", "private", "preloaded")
        if claims.get(name, known := getattr(stored, name)) != known
    ]
    sums = {stored.checksum, _checksum(fields.get("source", stored.source))}
    if claims.get("checksum", stored.checksum) not in sums:
        violations.append(
            Violation(("sourceMD5Checksum",), "is the checksum neither of the stored source nor of this one")
        )
    return violations
