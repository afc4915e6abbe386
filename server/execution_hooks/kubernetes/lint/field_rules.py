"""Rules about single fields: patterns, and what the REST API has less room for."""

import re
from collections.abc import Iterator

from execution_hooks.kubernetes.lint.rules import Rule, Subject
from execution_hooks.matching.criteria import InvalidPattern, cost

MOST_CRITERIA, MOST_ARGUMENTS, LONGEST_ARGUMENT, LONGEST_REST_NAME = 10, 16, 127, 63
"""Criteria of a hook; arguments of a hook of the REST API, characters of each, and of the hook's name."""

_GLOB = re.compile(r"^[*?]|[A-Za-z0-9_/-][*](?:[-./:]|\$?$)|\{(?=[^}]*[A-Za-z])[\w-]+(?:,[\w-]+)+\}")
"""A star where nothing can repeat or at the end of a word, or alternatives in braces."""


def _refused(subject: Subject) -> Iterator[str]:
    for number, criterion in enumerate(subject.hook.criteria, 1):
        try:
            cost(criterion.value)
        except InvalidPattern as error:
            yield f"RE2 refuses {criterion.value!r} of criterion {number}: {error}"


def _is_glob(subject: Subject) -> Iterator[str]:
    for number, criterion in enumerate(subject.hook.criteria, 1):
        if _GLOB.search(criterion.value):
            yield f"{criterion.value!r} of criterion {number} looks like a glob, and is a regular expression"


def _many_criteria(subject: Subject) -> Iterator[str]:
    if len(subject.hook.criteria) > MOST_CRITERIA:
        yield f"it has {len(subject.hook.criteria)} criteria of {MOST_CRITERIA}"


def _many_arguments(subject: Subject) -> Iterator[str]:
    arguments = subject.hook.arguments
    if len(arguments) > MOST_ARGUMENTS:
        yield f"it has {len(arguments)} arguments; the REST API takes {MOST_ARGUMENTS}"
    if any(len(argument) > LONGEST_ARGUMENT for argument in arguments):
        yield f"an argument has more than {LONGEST_ARGUMENT} characters, which the REST API does not take"


def _long_name(subject: Subject) -> Iterator[str]:
    if len(subject.hook.name) > LONGEST_REST_NAME:
        yield f"its name has {len(subject.hook.name)} characters; the REST API takes {LONGEST_REST_NAME}"


RULES = (
    Rule(
        "pattern-refused",
        "error",
        "RE2 refuses a pattern, so the hook hits nothing.",
        "Write it in the syntax of RE2: no look-around, no back references.",
        _refused,
    ),
    Rule(
        "pattern-is-a-glob",
        "warning",
        "A pattern looks like a glob, and is taken for a regular expression.",
        "Write .* for any text and . for any character; nothing is needed at the ends of a pattern.",
        _is_glob,
    ),
    Rule(
        "too-many-criteria",
        "error",
        "The hook has more than 10 criteria.",
        "Join patterns of one type, as by ^(a|b)$, if either is meant; all criteria must be met.",
        _many_criteria,
    ),
    Rule(
        "too-many-arguments",
        "note",
        "The hook's arguments do not fit into a hook of the REST API.",
        "Join arguments, or put them into the script.",
        _many_arguments,
    ),
    Rule(
        "name-too-long",
        "note",
        "The hook's name does not fit into a hook of the REST API.",
        "Choose a name of at most 63 characters.",
        _long_name,
    ),
)
