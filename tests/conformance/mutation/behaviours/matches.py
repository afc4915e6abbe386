"""Servers that choose the wrong containers."""

from collections.abc import Callable
from typing import Any

from conformance.mutation.behaviours.registry import CREATE, READ, breaks
from conformance.mutation.mutating import Course, Document, MutableRequest


def _matched(change: Callable[[Document], object]) -> Course:
    """Change a resource that names containers."""
    response = yield
    response.change_resources(lambda hook: change(hook) if "matchingContainers" in hook else None)


@breaks("RESPONSE-SCHEMA", at=READ)
def counts_containers_instead_of_naming_them(request: MutableRequest) -> Course:
    """A number for the user interface."""
    del request
    yield from _matched(lambda hook: hook.update(matchingContainers=len(hook["matchingContainers"])))


@breaks("RESPONSE-SCHEMA", at=READ)
def names_containers_twice(request: MutableRequest) -> Course:
    """A join that multiplies rows."""
    del request
    yield from _matched(lambda hook: hook["matchingContainers"].extend(hook["matchingContainers"][:1]))


@breaks("MATCHES", at=READ)
def lists_images_in_no_order(request: MutableRequest) -> Course:
    """A set, written as it comes."""
    del request
    yield from _matched(lambda hook: hook.update(matchingImages=hook["matchingImages"][::-1]))


@breaks("MATCHES", at=READ)
def names_the_images_of_all_containers(request: MutableRequest) -> Course:
    """Images by the app, not by what matches."""
    del request
    images: list[Any] = ["registry.example/postgres:16.4", "registry.example/web:2.3"]
    yield from _matched(lambda hook: hook.update(matchingImages=images))


@breaks("MATCHES", at=CREATE)
def matches_none_where_there_are_no_criteria(request: MutableRequest) -> Course:
    """An empty list taken for nothing, not for everything."""
    del request
    yield from _matched(
        lambda hook: hook["matchingCriteria"] or hook.update(matchingContainers=[], matchingImages=[])
    )


@breaks("MATCHES", at=READ)
def forgets_a_container(request: MutableRequest) -> Course:
    """Off by one, at the end of a page of another service."""
    del request
    yield from _matched(lambda hook: hook.update(matchingContainers=hook["matchingContainers"][:-1]))


@breaks("MATCHES", at=READ)
def leaves_out_what_matches(request: MutableRequest) -> Course:
    """A view that was never joined."""

    def change(hook: Document) -> None:
        del hook["matchingContainers"], hook["matchingImages"]

    del request
    yield from _matched(change)
