"""The problems as the contract lists them, in its ``x-problems``: type, status, title and detail by name."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus

from execution_hooks.contract.document import bundled_document
from execution_hooks.problems.problem import Problem


@cache
def definitions() -> Mapping[str, Problem]:
    """Return every problem of the bundled contract by its name, without the members that a request adds.

    Braces in a ``detail`` stand for what the request decides.
    """
    return {
        name: Problem(HTTPStatus(int(each["status"])), each["type"], each["title"], each["detail"])
        for name, each in bundled_document()["components"]["x-problems"].items()
    }
