"""What became of a mutant."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Judged:
    """``verdict`` is ``killed``, by a promise, ``survived``, or ``error`` if the judging failed.

    ``found`` is what the promise said, or the error; ``also`` are the promises that failed before the one
    that was asked for; ``requests`` were sent, in so many ``seconds`` of the processor. ``exercised`` says,
    where the server as it is was judged, of which mutants at its operation the keyword was met or broken.
    """

    mutant: str
    verdict: str
    promise: str = ""
    found: str = ""
    requests: int = 0
    seconds: float = 0.0
    also: Sequence[str] = ()
    exercised: Mapping[str, str] = field(default_factory=dict)

    def line(self) -> str:
        """Return it as a line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, file: Path) -> Iterator["Judged"]:
        """Yield what stands in a file of such lines."""
        for line in file.read_text("utf-8").splitlines():
            yield cls(**json.loads(line))
