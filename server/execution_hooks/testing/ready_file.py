"""The file that says where a server listens, for programs that start one."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def removed_afterwards(file: Path | None) -> Iterator[None]:
    """Remove the file, if one is given and there is one, at the end."""
    try:
        yield
    finally:
        if file is not None:
            file.unlink(missing_ok=True)


def write_ready_file(file: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON object, whole or not at all, for its owner alone: it may hold a token. Raises OSError."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        json.dump(content, opened, indent=2)
    unfinished.replace(file)
