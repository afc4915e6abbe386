"""Files, folders and standard input, as streams of bytes in UTF-8 whose format is known."""

import codecs
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Literal, Protocol

ENDINGS = (".json", ".yaml", ".yml")
"""The names of files that are read in a folder end so; a file that is named may have any name."""

LARGEST_YAML = 20_000_000
"""Bytes of YAML that are read; JSON may have any size."""

_HEAD = 65536
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableFile(ValueError):
    """A file or folder cannot be read. The message begins with its name."""


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Text:
    """An open file: what messages call it, its format, and its bytes in UTF-8 without a byte order mark."""

    name: str
    format: Literal["json", "yaml"]
    stream: Readable

    def whole(self) -> bytes:
        """Read all of YAML. Raises UnreadableFile if it is too large."""
        payload = self.stream.read(LARGEST_YAML + 1)
        if len(payload) > LARGEST_YAML:
            reason = f"YAML of more than {LARGEST_YAML // 1_000_000} MB is not read; print JSON (-o json)"
            raise UnreadableFile(f"{self.name}: {reason}")
        return payload


def files_of(paths: Sequence[str]) -> Iterator[str]:
    """Yield the files that paths name, those of folders and of their folders sorted; ``-`` stays.

    Of folders, hidden files are left out. Raises UnreadableFile for a folder without a manifest.
    """
    for path in paths:
        if path != "-" and Path(path).is_dir():
            found = sorted(_within(path))
            if not found:
                raise UnreadableFile(f"{path}: the folder has no file that ends in {', '.join(ENDINGS)}")
            yield from found
        else:
            yield path


def _within(folder: str) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (str(Path(where, name)) for name in names if name.endswith(ENDINGS) and name[0] != ".")


@contextmanager
def opened(path: str) -> Iterator[Text]:
    """Open a file, or standard input for ``-``. Raises UnreadableFile."""
    name = "<stdin>" if path == "-" else path
    try:
        with _bytes_of(path) as stream:
            yield _text(name, stream)
    except OSError as error:
        raise UnreadableFile(f"{name}: cannot be read: {error.strerror or error}") from error
    except UnicodeError:
        raise UnreadableFile(f"{name}: this is no text in UTF-16, though it begins so") from None


def text_of(name: str, payload: bytes) -> Text:
    """Return a text that is in memory already. Raises UnreadableFile."""
    return _text(name, BytesIO(payload))


@contextmanager
def _bytes_of(path: str) -> Iterator[IO[bytes]]:
    if path != "-":
        with Path(path).open("rb") as file:
            yield file
    elif sys.stdin is None:
        raise UnreadableFile("<stdin>: cannot be read: it is closed")
    else:
        yield sys.stdin.buffer


def _text(name: str, stream: Readable) -> Text:
    head = stream.read(_HEAD)
    if head.startswith(_UTF_16):
        stream = _FromUtf16(_Chained(head, stream))
        head = stream.read(_HEAD)
    elif b"\0" in head:
        raise UnreadableFile(f"{name}: this is no text: byte {head.index(0)} is NUL")
    head = head.removeprefix(codecs.BOM_UTF8)
    is_json = head.lstrip()[:1] == b"{" and not name.endswith((".yaml", ".yml"))
    return Text(name, "json" if is_json else "yaml", _Chained(head, stream))


class _Chained:
    """A stream of which the beginning was read already."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; none at the end."""
        if not self._head:
            return self._rest.read(size)
        head, self._head = self._head[:size], self._head[size:]
        return head if self._head else head + self._rest.read(size - len(head))


class _FromUtf16:
    """A stream of UTF-16, read in UTF-8. Reading raises UnicodeError."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")()

    def read(self, size: int, /) -> bytes:
        """Return what ``size`` bytes or more stand for; nothing at the end."""
        while read := self._stream.read(size):
            if text := self._decoder.decode(read):
                return text.encode()
        return self._decoder.decode(b"", final=True).encode()
