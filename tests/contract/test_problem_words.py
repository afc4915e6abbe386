"""The problems have the vendor's exact titles and details."""

from typing import Any

Node = dict[str, Any]
PREFIX = "https://astra.netapp.io/problems/"

# The vendor's titles and details; a dash where the detail is ours.
WORDS = """
1    Resource not found
     The resource specified in the request URI wasn't found.
2    Collection not found
     The collection specified in the request URI wasn't found.
3    Missing bearer token
     The request is missing the required bearer token.
4    Invalid bearer token
     The bearer token provided is invalid, revoked, or doesn't exist.
5    Invalid query parameters
     The supplied query parameters are invalid.
6    Query parameters not supported
     The supplied query parameters aren't supported for this endpoint.
7    Invalid JSON payload
     The request body is not valid JSON.
8    Invalid JSON resource
     The request body JSON doesn't conform to the schema.
9    Invalid JSON resource
     The request body JSON didn't pass extended validation.
10   JSON resource conflict
     The request body JSON contains a field that conflicts with an idempotent value.
11   Operation not permitted
     The requested operation isn't permitted.
32   Unsupported content type
     The response can't be returned in the requested format.
34   Internal server error
     -
38   Precondition not met
     The conditional headers aren't satisfied.
41   Service not ready
     -
69   Method not supported
     The requested method isn't supported for the specified resource.
71   Preloaded hook sources read only
     The hook source resource wasn't created, edited, or deleted. \
Hook source resources with a preloaded value of true are read only.
72   Hook source referenced by execution hook
     The hook source resource wasn't deleted because it is referenced by an execution hook resource.
73   NetApp execution hooks read only
     The execution hook resource wasn't created, edited, or deleted. \
Execution hook resources with a hookType of NetApp are read only.
85   Request body too large
     The request body is too large.
162  Post-failover execution hooks not supported
     The application isn't eligible for post-failover execution hooks.
168  Execution hook action not permitted
     Execution hooks are not enabled in feature settings.
"""


def _words() -> dict[str, tuple[str, str]]:
    lines = WORDS.strip().splitlines()
    heads = [line.split(maxsplit=1) for line in lines[::2]]
    return {
        number: (title, detail.strip()) for (number, title), detail in zip(heads, lines[1::2], strict=True)
    }


def test_every_problem_has_the_vendors_words(document: Node) -> None:
    words = _words()
    problems = [
        each for each in document["components"]["x-problems"].values() if each["type"].startswith(PREFIX)
    ]
    assert {problem["type"].removeprefix(PREFIX) for problem in problems} == set(words)
    for problem in problems:
        title, detail = words[problem["type"].removeprefix(PREFIX)]
        assert problem["title"] == title
        assert detail in {"-", problem["detail"]}


def test_every_problem_says_what_to_do(document: Node) -> None:
    problems = document["components"]["x-problems"].values()

    assert all(problem["remedy"].endswith(".") for problem in problems)
