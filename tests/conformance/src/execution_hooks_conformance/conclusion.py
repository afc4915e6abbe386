"""What to conclude from a verdict: an exit status, and the lines that give the reason."""

from collections import Counter
from collections.abc import Collection
from enum import IntEnum

from execution_hooks_conformance.verdict import Verdict


class Exit(IntEnum):
    """The exit statuses of the command."""

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    WRONG_USAGE = 2
    CANNOT_BE_JUDGED = 3


def conclude(verdict: Verdict, operations: Collection[str]) -> tuple[Exit, str]:
    """Conclude from a verdict on a server of these operations, each a method and a path.

    No failed check is not enough to conform: a request for each operation must have succeeded. Where none
    succeeded at all, nothing was judged.
    """
    succeeded = {case.operation for case in verdict.cases if case.succeeded}
    never = sorted(set(operations) - succeeded)
    statuses = Counter(case.status for case in verdict.cases)
    counted = (
        f"{len(verdict.cases)} requests, {sum(case.succeeded for case in verdict.cases)} of them succeeded"
    )
    if not succeeded:
        often = ", ".join(f"{times} times {status}" for status, times in statuses.most_common(3))
        line = f"Cannot be judged: no request succeeded ({often or 'there was no response'})."
        return Exit.CANNOT_BE_JUDGED, f"{verdict.output}\n{line}"
    if failed := sorted(verdict.failed_checks):
        return Exit.DOES_NOT_CONFORM, f"{verdict.output}\nDoes not conform: {', '.join(failed)} ({counted})."
    if never:
        line = f"Does not conform: no request succeeded for {', '.join(never)} ({counted})."
        return Exit.DOES_NOT_CONFORM, f"{verdict.output}\n{line}"
    if verdict.exit_status:
        return (
            Exit.CANNOT_BE_JUDGED,
            f"{verdict.output}\nCannot be judged: a run ended in an error ({counted}).",
        )
    return Exit.CONFORMS, f"Conforms: {counted}, for {len(operations)} operations."
