"""Problems held to the contract's list of them, and statuses to those that an operation lists."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from execution_hooks_conformance.oracle.references import resolved

Node = Mapping[str, Any]

_FIRST_OF_PROBLEMS = 400
_OF_EVERY_PROBLEM = {"type", "title", "detail", "status", "correlationID"}
_WORDS = ("type", "title", "status")


class Catalogue:
    """Which statuses and problems the operations of an OpenAPI document list.

    A response names its problems in ``x-problems``; the components' ``x-problems`` have what each must be.
    Unless it ``is_strict``, problems may have more members.
    """

    def __init__(self, document: Node, *, is_strict: bool = True) -> None:
        self._document = document
        self._is_strict = is_strict
        self._problems: Node = document["components"]["x-problems"]

    def complaint(self, path: str, method: str, status: int, body: object) -> str:
        """Say what is wrong with a response to an operation; nothing if its status and problem are listed.

        ``body`` is the JSON value of a problem; what a success holds is not looked at.
        """
        listed = self._document["paths"][path][method.lower()]["responses"]
        if str(status) not in listed:
            return f"The operation does not list the status {status}"
        if status < _FIRST_OF_PROBLEMS:
            return ""
        names = resolved(listed[str(status)], self._document)["x-problems"]
        if not isinstance(body, Mapping):
            return "The problem is no JSON object"
        known = {*body} if self._is_strict else _OF_EVERY_PROBLEM
        complaints = [_difference(body, self._problems[name], known) for name in names]
        return (
            ""
            if "" in complaints
            else "; or ".join(
                f"{name}: {complaint}" for name, complaint in zip(names, complaints, strict=True)
            )
        )


def _difference(body: Node, problem: Node, names: Collection[str]) -> str:
    """Say in what a problem differs from one of the list, of all its members some names."""
    return "; ".join(_differences(body, problem, names))


def _differences(body: Node, problem: Node, names: Collection[str]) -> Iterator[str]:
    for name in _WORDS:
        if body.get(name) != problem[name]:
            yield f"{name} is {body.get(name)!r}, not {problem[name]!r}"
    words = "(.+)".join(map(re.escape, re.split(r"{\w+}", problem["detail"])))
    if not re.fullmatch(words, str(body.get("detail"))):
        yield f"detail is {body.get('detail')!r}, not {problem['detail']!r}"
    if more := {*names} - _OF_EVERY_PROBLEM - set(problem.get("members", ())):
        yield f"it has {', '.join(sorted(more))}"
