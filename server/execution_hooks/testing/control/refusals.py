"""Which problem is the response to what the control refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus

from execution_hooks.domain.violations import Violation
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Problem, ProblemError
from execution_hooks.store.contents import TooMuch
from execution_hooks.testing.control.clock import InvalidTime
from execution_hooks.testing.control.seeds.documents import InvalidSeed
from execution_hooks.testing.control.seeds.located import Unreadable


@contextmanager
def as_problems() -> Iterator[None]:
    """Raise ProblemError for what a seed or a time is refused for."""
    try:
        yield
    except Unreadable as error:
        detail = f"The seed {error}."
        raise ProblemError(_problem(HTTPStatus.BAD_REQUEST, "Unreadable seed", detail)) from error
    except InvalidSeed as error:
        raise ProblemError(_with_lines(error)) from error
    except InvalidTime as error:
        member, reason = error.args
        raise ProblemError(problems.extended_validation_failure([Violation((member,), reason)])) from error
    except TooMuch as error:
        detail = f"The store holds {error}, more than one of tests does."
        raise ProblemError(_problem(HTTPStatus.CONFLICT, "Too much is stored", detail)) from error


def _problem(status: HTTPStatus, title: str, detail: str) -> Problem:
    return Problem(status, "about:blank", title, detail)


def _with_lines(error: InvalidSeed) -> Problem:
    """Return the problem that names every violation and, where they are known, its line."""
    fields = [
        {"name": violation.pointer, "reason": violation.reason, **({} if line is None else {"line": line})}
        for line, violation in error.violations
    ]
    problem = problems.extended_validation_failure([])
    return replace(problem, members={"invalidFields": fields[: problems.MOST_VIOLATIONS]})
