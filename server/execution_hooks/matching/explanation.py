"""Explanations: which containers of an app a hook hits, and which criterion keeps it from the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, compress
from typing import Literal

from execution_hooks.matching.containers import Container, too_long
from execution_hooks.matching.criteria import Criterion
from execution_hooks.matching.inventory import Containers

Shown = Literal["all", "hits", "misses", "none"]
"""Which containers of an explanation are shown."""


@dataclass(frozen=True)
class Explanation:
    """A hook's criteria and the containers of its app, with a mark for each criterion at each container.

    ``marks`` has a tuple for each container, in which a mark is true if the container meets the
    criterion at that position. A container is hit if it meets all criteria.
    """

    criteria: tuple[Criterion, ...]
    containers: tuple[Container, ...]
    marks: tuple[tuple[bool, ...], ...]

    @property
    def hits(self) -> int:
        """How many containers are hit."""
        return sum(map(all, self.marks))

    @property
    def images(self) -> int:
        """How many distinct images the containers have that are hit."""
        return len({container.container_image for container in self._hit()})

    @property
    def images_too_long(self) -> frozenset[str]:
        """The images of hit containers that are too long for the hook's ``matchingImages``."""
        return frozenset(too_long(container.container_image for container in self._hit()))

    @property
    def waiting_hits(self) -> int:
        """How many of the containers that are hit waited to start when they were imported."""
        return sum(container.waiting for container in self._hit())

    def only(self, shown: Shown) -> "Explanation":
        """Return the explanation with those containers alone that are hit, or missed, or with none."""
        wanted = {"all": {True, False}, "hits": {True}, "misses": {False}, "none": set[bool]()}[shown]
        chosen = [all(marks) in wanted for marks in self.marks]
        return replace(
            self,
            containers=tuple(compress(self.containers, chosen)),
            marks=tuple(compress(self.marks, chosen)),
        )

    def _hit(self) -> Iterator[Container]:
        marked = zip(self.containers, self.marks, strict=True)
        return (container for container, marks in marked if all(marks))

    @property
    def hits_by_criterion(self) -> tuple[int, ...]:
        """How many containers each criterion would hit by itself."""
        return tuple(sum(marks[number] for marks in self.marks) for number in range(len(self.criteria)))

    @property
    def excluded_by(self) -> tuple[int, ...]:
        """The positions of the criteria that hit nothing by themselves; none if there is nothing to hit."""
        alone = enumerate(self.hits_by_criterion if self.containers else ())
        return tuple(number for number, hits in alone if not hits)

    def conflicting(self) -> tuple[int, ...]:
        """Return the positions of the fewest criteria that no container meets together.

        Empty if a container meets all criteria, or if there is none to meet them. Of several choices of
        the same size it is the first. The time doubles with each criterion; a hook has ten at most.
        """
        if self.hits or not self.containers:
            return ()
        distinct, everything = set(self.marks), range(len(self.criteria))
        choices = chain.from_iterable(combinations(everything, size + 1) for size in everything)
        return next(choice for choice in choices if not any(_all_at(choice, marks) for marks in distinct))


def explain(criteria: Sequence[Criterion], containers: Sequence[Container]) -> Explanation:
    """Try every criterion on every container."""
    marks = Containers(containers).marks(criteria)
    return Explanation(tuple(criteria), tuple(containers), tuple(marks))


def _all_at(numbers: Iterable[int], marks: tuple[bool, ...]) -> bool:
    return all(marks[number] for number in numbers)
