"""The pages that tell a person what a problem means: /problems/N, by the number at the end of its type."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import flask

from execution_hooks.contract.bundled import resolve
from execution_hooks.contract.document import METHODS

Node = Mapping[str, Any]
_NUMBERED = re.compile(r"/problems/([0-9]+)$")


def add_problem_pages(site: flask.Flask, document: Node) -> None:
    """Add a page for each number, and /problems, which lists all; there are those of ``about:blank``, too."""
    shown = {name: _shown(document, name) for name in document["components"]["x-problems"]}
    by_number = defaultdict[str, list[Node]](list)
    for each in shown.values():
        by_number[each["number"]].append(each)
    without_number = by_number.pop("", [])

    def listed() -> str:
        return flask.render_template("problems.html", root="", numbers=by_number, others=without_number)

    def page(number: str) -> str:
        return flask.render_template("problem.html", root="../", number=number, problems=by_number[number])

    site.add_url_rule("/problems", "problems", listed)
    for number in by_number:
        path = f"/problems/{number}"
        site.add_url_rule(path, path, page, defaults={"number": number})


def page_of(name: str, problem: Node) -> str:
    """Return where a problem is explained, from the folder of the site."""
    number = _number(problem)
    return f"problems/{number}" if number else f"problems#{name}"


def reference_of(operation: Node) -> str:
    """Return where the reference has an operation, from the folder of the site."""
    return f"docs#tag/{operation['tags'][0].lower().replace(' ', '-')}/{operation['operationId']}"


def _shown(document: Node, name: str) -> Node:
    problem = document["components"]["x-problems"][name]
    examples = [
        example
        for example in document["components"]["examples"].values()
        if isinstance(example["value"], dict) and _is_of(problem, example["value"])
    ]
    return {
        **problem,
        "name": name,
        "number": _number(problem),
        "source": problem.get("source", "page"),
        "operations": dict(_operations(document, name)),
        "examples": {each["summary"]: json.dumps(each["value"], indent=2) for each in examples},
    }


def _number(problem: Node) -> str:
    found = _NUMBERED.search(problem["type"])
    return found[1] if found else ""


def _is_of(problem: Node, example: Node) -> bool:
    """Return whether an example is of a problem, by what a client distinguishes problems by."""
    members = {"invalidFields", "invalidParams"} & example.keys()
    return (
        all(example.get(key) == problem[key] for key in ("type", "status", "title"))
        and members <= set(problem.get("members", []))
        and (problem["detail"] == example["detail"] or "{" in problem["detail"])
    )


def _operations(document: Node, name: str) -> Iterator[tuple[str, str]]:
    """Yield where the reference has each operation whose responses may be the problem, and its summary."""
    for item in document["paths"].values():
        for operation in (item[method] for method in METHODS if method in item):
            responses = (resolve(document, each) for each in operation["responses"].values())
            if any(name in each.get("x-problems", []) for each in responses):
                yield reference_of(operation), operation["summary"]
