"""Cases that Schemathesis generated once, to be sent to every mutant: to make them up takes longest."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from requests.structures import CaseInsensitiveDict
from schemathesis import Case

Parts = dict[str, Any]
OWN_TOKEN = "Bearer OWN"  # noqa: S105 no password
"""What stands in recorded cases for the header of the account's own user."""


def parts_of(case: Case[Any]) -> Parts:
    """Return what a case is made of, as it can be pickled."""
    return {
        "method": case.method,
        "path": case.path,
        "path_parameters": case.path_parameters,
        "headers": dict(case.headers),
        "cookies": case.cookies,
        "query": case.query,
        "body": case.body,
        "media_type": case.media_type,
        "meta": case.meta,
    }


class RecordedCases:
    """What recording.py wrote into a folder: a file for each operation. No folder is no cases."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._read: dict[str, list[Parts]] = {}

    def load(self, operation_id: str) -> list[Parts]:
        """Read the cases of an operation, once."""
        if self._folder is None:
            return []
        if operation_id not in self._read:
            with (self._folder / f"{operation_id}.cases").open("rb") as file:
                self._read[operation_id] = [*_objects(file)]
        return self._read[operation_id]

    def of(self, operation_id: str, operation: Any, authorization: str) -> Iterator[Case[Any]]:  # noqa: ANN401 of Schemathesis
        """Yield the cases of an operation, as they were before anything shaped them.

        ``authorization`` is the header of the user who sends them.
        """
        for parts in self.load(operation_id):
            sent = parts["headers"].items()
            headers = {name: authorization if value == OWN_TOKEN else value for name, value in sent}
            yield Case(operation, **{**parts, "headers": CaseInsensitiveDict(headers)})


def _objects(file: Any) -> Iterator[Parts]:  # noqa: ANN401 a binary file
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 of our own making
        except EOFError:
            return
