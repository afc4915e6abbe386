"""How much the suite sends where the tests run it: a share in ``make test``, all of it in ``make campaigns``.

Environment variables set it: ``SUITES`` is the number of suites of walks along the links, ``EXAMPLES`` that
of the cases that fuzzing makes of each operation, and ``COVERAGE=all`` covers the form of requests to all
operations, not to a few, and judges the server in process, too. Seeds are pinned, so that each size sends
the same whenever it runs.
"""

import os

SUITES = int(os.environ.get("SUITES", "3"))
_EXAMPLES = os.environ.get("EXAMPLES", "5")
_FULL_SUITES = 13


def _coverage(*operations: str) -> tuple[str, ...]:
    included = [part for each in operations for part in ("--include-operation-id", each)]
    return ("--phases", "coverage", *included)


_EXAMPLES_AND_FUZZING = ("--phases", "examples,fuzzing", "--max-examples", _EXAMPLES)
COVERS_ALL = os.environ.get("COVERAGE") == "all"
"""To cover the form of requests to one list takes half a minute, almost all of it to make them up."""

WAYS = ("in_process", "over_http") if COVERS_ALL else ("over_http",)
IN_PROCESS = ("--phases", "examples,coverage,fuzzing", "--max-examples", _EXAMPLES)
OVER_HTTP = [_EXAMPLES_AND_FUZZING, _coverage("createExecutionHook", "updateHookSource")]
"""Options for Schemathesis' command, of the runs that judge the server beside the walks."""
if COVERS_ALL:  # but what covers the form of requests is much the same for all operations
    OVER_HTTP[1] = (*_coverage(), "--include-tag", "Hook sources", "--include-tag", "Apps")


def share(of_all: int) -> int:
    """Return how many of so many cases there must be, at this size."""
    return of_all * min(SUITES, _FULL_SUITES) // _FULL_SUITES
