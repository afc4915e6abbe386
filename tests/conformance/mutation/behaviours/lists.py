"""Servers that list wrongly."""

import re
from collections.abc import Callable
from typing import Any

from conformance.mutation.behaviours.registry import LIST, LIST_APPS, LIST_BELOW_APP, LIST_SOURCES, breaks
from conformance.mutation.mutating import Course, MutableRequest

Items = list[Any]


def _without(request: MutableRequest, name: str) -> None:
    request.query = [pair for pair in request.query if pair[0] != name]


def _listed(change: Callable[[Items], Items]) -> Course:
    response = yield
    if response.succeeded:
        response.change(items=change(response.document["items"]))


@breaks("LIST-EXACT", at=LIST)
def ignores_limit(request: MutableRequest) -> Course:
    """A parameter that is read and not used."""
    request.query = [(name, value) for name, value in request.query if name != "limit" or not value.isdigit()]
    yield


@breaks("LIST-EXACT", at=LIST)
def counts_one_more_than_limit(request: MutableRequest) -> Course:
    """The item that was read to see whether there are more, left on the page."""
    request.query = [
        (name, str(int(value) + 1) if name == "limit" and value.isdigit() and value != "0" else value)
        for name, value in request.query
    ]
    yield


@breaks("LIST-EXACT", at=LIST)
def ignores_filter(request: MutableRequest) -> Course:
    """A parameter of the documents that nobody built."""
    _without(request, "filter")
    yield


@breaks("LIST-EXACT", at=LIST)
def takes_one_comparison_for_another(request: MutableRequest) -> Course:
    """A table of operators with two lines swapped."""
    swapped = {" gte ": " lte ", " lte ": " gte ", " eq ": " eq "}
    request.query = [
        (name, re.sub(" (gte|lte) ", lambda found: swapped[found[0]], value) if name == "filter" else value)
        for name, value in request.query
    ]
    yield


@breaks("LIST-EXACT", at=LIST)
def joins_comparisons_by_or(request: MutableRequest) -> Course:
    """The first of several comparisons decides."""
    request.query = [
        (name, value.partition(", ")[0] if name == "filter" else value) for name, value in request.query
    ]
    yield


@breaks("LIST-EXACT", at=LIST)
def ignores_include(request: MutableRequest) -> Course:
    """Whole resources, whichever fields were asked for."""
    _without(request, "include")
    yield


@breaks("LIST-EXACT", at=LIST)
def shows_included_values_in_an_order_of_its_own(request: MutableRequest) -> Course:
    """Columns in the order of the table, not of the request."""
    del request
    yield from _listed(lambda items: [each[::-1] if isinstance(each, list) else each for each in items])


@breaks("LIST-PAGES", at=LIST)
def loses_the_last_of_a_page(request: MutableRequest) -> Course:
    """Off by one, at the end of each page."""
    del request
    response = yield
    if "continue" in response.document.get("metadata", {}):
        response.change(items=response.document["items"][:-1])


@breaks("LIST-PAGES", at=LIST)
def has_no_next_page(request: MutableRequest) -> Course:
    """A list that is cut at the limit, and no word of it."""
    del request
    response = yield
    if "continue" in response.document.get("metadata", {}):
        response.change(metadata={})


@breaks("LIST-PAGES", at=LIST)
def begins_anew_with_each_page(request: MutableRequest) -> Course:
    """A token that is handed out and not heeded."""
    _without(request, "continue")
    yield


@breaks("LIST-EXACT", at=LIST)
def lists_the_newest_first(request: MutableRequest) -> Course:
    """The order of a user interface."""
    del request
    yield from _listed(lambda items: items[::-1])


@breaks("LIST-EXACT", at=LIST)
def lists_by_name(request: MutableRequest) -> Course:
    """The order that people like."""
    del request
    yield from _listed(lambda items: sorted(items, key=_name))


@breaks("LIST-EXACT", at=LIST)
def lists_the_first_twice(request: MutableRequest) -> Course:
    """A join that multiplies rows."""
    del request
    yield from _listed(lambda items: [*items[:1], *items])


@breaks("LIST-EXACT", at=LIST)
def leaves_out_the_oldest(request: MutableRequest) -> Course:
    """Off by one, at the beginning."""
    del request
    yield from _listed(lambda items: items[1:])


@breaks("LIST-EXACT", at=LIST_BELOW_APP)
def lists_the_hooks_of_all_apps_below_each(request: MutableRequest) -> Course:
    """Two paths to one handler, and the app forgotten."""
    request.go_to(re.sub("/k8s/v1/apps/[^/]+/executionHooks", "/core/v1/executionHooks", request.path))
    yield


@breaks("LIST-EXACT", at=LIST_SOURCES)
def hides_sources_of_the_product(request: MutableRequest) -> Course:
    """A list of one's own, where all were asked for."""
    del request
    yield from _listed(lambda items: [each for each in items if not _is_preloaded(each)])


@breaks("LIST-EXACT", at=LIST_APPS)
def lists_the_newest_app_first(request: MutableRequest) -> Course:
    """The order of another service, which is asked for the apps."""
    del request
    yield from _listed(lambda items: items[::-1])


@breaks("PARAMETERS-VALID", at=LIST)
def ignores_unknown_parameters(request: MutableRequest) -> Course:
    """A framework that hands over what is declared, and drops the rest."""
    known = {"limit", "continue", "include", "filter"}
    request.query = [pair for pair in request.query if pair[0] in known]
    yield


@breaks("PARAMETERS-VALID", at=LIST)
def takes_the_first_of_repeated_parameters(request: MutableRequest) -> Course:
    """A query in a map."""
    request.query = [*{name: (name, value) for name, value in reversed(request.query)}.values()]
    yield


@breaks("PARAMETERS-VALID", at=LIST)
def takes_a_limit_of_zero_for_none(request: MutableRequest) -> Course:
    """0 as SQL's habit for no limit."""
    request.query = [pair for pair in request.query if pair != ("limit", "0")]
    yield


@breaks("PARAMETERS-VALID", at=LIST)
def takes_a_filter_that_it_cannot_read_for_none(request: MutableRequest) -> Course:
    """A parser that gives up without a word."""
    has_filter = any(name == "filter" for name, _ in request.query)
    response = yield
    if has_filter and response.status == 400:
        response.become(200)
        response.document = {
            "type": "application/astra-executionHooks", "version": "1.3", "items": [], "metadata": {},
        }  # fmt: skip
        response.headers["Content-Type"] = "application/json"


@breaks("RESPONSE-SCHEMA", at=LIST)
def lists_without_an_envelope(request: MutableRequest) -> Course:
    """A plain array, as frameworks generate it."""
    del request
    response = yield
    if response.succeeded:
        response.document = response.document["items"]


@breaks("RESPONSE-SCHEMA", at=LIST)
def lists_null_for_nothing(request: MutableRequest) -> Course:
    """A list in Go that was never made."""
    del request
    response = yield
    if response.succeeded:
        response.change(items=response.document["items"] or None)


def _name(item: Any) -> str:  # noqa: ANN401 a resource, or values of one
    return str(item[:1] if isinstance(item, list) else item.get("name"))


def _is_preloaded(item: Any) -> bool:  # noqa: ANN401
    return isinstance(item, dict) and item.get("preloaded") == "true"
