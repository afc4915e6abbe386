"""Spares Hypothesis to find out what UTF-8 can encode, which takes it seconds in a new folder."""

import gzip
import json
import unicodedata
from pathlib import Path
from tempfile import NamedTemporaryFile

_ENCODED = [(0, 0xD7FF), (0xE000, 0x10FFFF)]
"""From the first to the last of the code points that can be encoded: all but surrogates."""
_LOSSY: list[tuple[int, int]] = []


def write_table(folder: Path) -> None:
    """Write the table of UTF-8 where Hypothesis looks for it, if ``folder`` is its storage directory.

    A version of Hypothesis that looks elsewhere computes the table, as it would without the file.
    """
    file = folder / "unicode_data" / unicodedata.unidata_version / "codec-v2-utf-8.json.gz"
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, delete=False) as written:
        written.write(gzip.compress(json.dumps([_ENCODED, _LOSSY]).encode()))
    Path(written.name).replace(file)  # at once, for runs that share the folder
