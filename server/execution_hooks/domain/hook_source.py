"""A hook source: a script that hooks run, and the rules that it must meet."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from execution_hooks.domain.metadata import Metadata
from execution_hooks.domain.violations import Fault

LONGEST = 131_072
"""Characters of base64 that a source may take."""
_BYTE_ORDER_MARK = "\ufeff"
"""Some editors write it in front of UTF-8. The kernel then finds no ``#!`` and cannot start the script."""


class InvalidScript(ValueError):
    """The bytes cannot be a script."""


def encoded(script: bytes) -> str:
    """Encode a script as the API carries it, in base64. Raises InvalidScript.

    It must be text in UTF-8 without NUL or carriage return, must not begin with a byte order mark, and
    take 1 to LONGEST characters.
    """
    if reason := _reason(script):
        raise InvalidScript(reason)
    text = base64.b64encode(script).decode("ascii")
    if not 0 < len(text) <= LONGEST:
        raise InvalidScript(f"must take 1 to {LONGEST} characters of base64, not {len(text)}")
    return text


def source_faults(source: str) -> list[Fault]:
    """Name what is wrong with a ``source`` of the form that the contract asks for."""
    try:
        reason = _reason(base64.b64decode(source, validate=True))
    except binascii.Error as error:
        reason = f"is not base64: {error}"
    return [Fault(("source",), reason)] if reason else []


def _reason(script: bytes) -> str:
    """Say why a script is refused; nothing if it is not."""
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


@dataclass(frozen=True, slots=True)
class HookSource:
    """A stored hook source. ``source`` is in base64; ``description`` None means that there is none.

    A ``private`` source is not shown; a ``preloaded`` one came with the product and is read only.
    """

    id: str
    account_id: str
    name: str
    source: str
    description: str | None
    metadata: Metadata
    private: bool = False
    preloaded: bool = False

    @classmethod
    def from_document(
        cls, document: Mapping[str, Any], *, source_id: str, account_id: str, metadata: Metadata
    ) -> "HookSource":
        """Make a hook source of what a client says of it: a body of the contract's NewHookSource."""
        return cls(
            id=source_id,
            account_id=account_id,
            name=document["name"],
            source=document["source"],
            description=document.get("description"),
            metadata=metadata,
        )

    @property
    def checksum(self) -> str:
        """The MD5 of the base64 text (not of the script), in hexadecimal."""
        return checksum(self.source)

    def resource(self) -> dict[str, Any]:
        """Write the contract's HookSource, members in the documented order."""
        shown = {} if self.private else {"source": self.source}
        described = {} if self.description is None else {"description": self.description}
        return {
            "type": "application/astra-hookSource",
            "version": "1.0",
            "id": self.id,
            "name": self.name,
            "private": "true" if self.private else "false",
            "preloaded": "true" if self.preloaded else "false",
            "sourceType": "script",
            **shown,
            "sourceMD5Checksum": self.checksum,
            **described,
            "metadata": self.metadata.resource(),
        }

    def changed(self, document: Mapping[str, Any], user_id: str, now: datetime) -> "HookSource":
        """Return the hook source as an update makes it: what the document leaves out keeps its value."""
        stored = {"source": self.source, **self.resource()}
        return replace(
            HookSource.from_document(
                {**stored, **document},
                source_id=self.id,
                account_id=self.account_id,
                metadata=self.metadata.changed(document, user_id, now),
            ),
            private=self.private,
        )


def checksum(source: str) -> str:
    """Compute the MD5 of a source's base64 text, in hexadecimal."""
    return hashlib.md5(source.encode("ascii"), usedforsecurity=False).hexdigest()


def fixed_faults(stored: HookSource, document: Mapping[str, Any]) -> list[Fault]:
    """Name the members of an update that would change what cannot be changed.

    The checksum may be that of the stored source, as it was read, or that of the source sent.
    """
    was = stored.resource()
    fixed = ("id", "private", "preloaded")
    faults = [
        Fault((name,), "is not that of this hook source")
        for name in fixed
        if document.get(name, was[name]) != was[name]
    ]
    sums = {stored.checksum, checksum(document.get("source", stored.source))}
    if document.get("sourceMD5Checksum", stored.checksum) not in sums:
        faults.append(
            Fault(("sourceMD5Checksum",), "is the checksum neither of the stored source nor of this one")
        )
    return faults
