"""Containers: what hooks run in."""

from collections.abc import Iterable
from dataclasses import dataclass

from execution_hooks.contract.bundled import limits


@dataclass(frozen=True, slots=True)
class Container:
    """A container of an app. Labels are pairs of name and value. No text holds lone surrogates.

    One that is ``waiting`` had not started, or was about to start again, when it was imported.
    """

    namespace_name: str
    pod_name: str
    pod_labels: tuple[tuple[str, str], ...]
    container_name: str
    container_image: str
    waiting: bool = False


def too_long(images: Iterable[str]) -> set[str]:
    """Return the images that are longer than ``matchingImages`` may name."""
    longest = limits().longest_image
    return {image for image in images if len(image) > longest}
