"""Matching: which containers of an app meet a hook's criteria."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import chain, islice
from operator import or_
from typing import NamedTuple

from execution_hooks.matching.criteria import Criterion, CriterionType
from execution_hooks.matching.patterns import Patterns, together

MOST_IMAGES = 4095
"""How many images ``matchingImages`` may name."""
LONGEST_IMAGE = 255
"""Characters of an image that ``matchingImages`` may name. Kubernetes allows longer ones."""


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
    return {image for image in images if len(image) > LONGEST_IMAGE}


_Texts = Callable[[Container], tuple[str, ...]]
_TEXTS: Mapping[CriterionType, _Texts] = {
    "containerImage": lambda container: (container.container_image,),
    "containerName": lambda container: (container.container_name,),
    "podName": lambda container: (container.pod_name,),
    "podLabel": lambda container: tuple(f"{name}={value}" for name, value in container.pod_labels),
    "namespaceName": lambda container: (container.namespace_name,),
}
"""What a criterion of a type is tried against: it is met if its pattern is in one of these texts."""


class _Aspect:
    """What criteria of one type are tried against, prepared so that no text is tried twice.

    ``texts`` are the distinct ones in UTF-8, ``combinations`` those of one container, as places in
    ``texts``, each combination once, and ``of`` has for each container the place of its combination.
    """

    def __init__(self, containers: Iterable[Container], texts: _Texts) -> None:
        places: dict[str, int] = {}
        combined: dict[tuple[str, ...], int] = {}
        self.of = [combined.setdefault(texts(container), len(combined)) for container in containers]
        self.combinations = [
            tuple(places.setdefault(text, len(places)) for text in combination) for combination in combined
        ]
        self.texts = [text.encode() for text in places]

    def met(self, patterns: Patterns, wanted: Collection[int]) -> dict[int, int]:
        """Return for each of the wanted combinations which patterns are in one of its texts, as bits."""
        chosen = [self.combinations[place] for place in wanted]
        found = self._found(patterns, chosen).__getitem__
        return {place: reduce(or_, map(found, texts), 0) for place, texts in zip(wanted, chosen, strict=True)}

    def _found(self, patterns: Patterns, chosen: Sequence[tuple[int, ...]]) -> dict[int, int] | list[int]:
        if len(chosen) == len(self.combinations):
            return patterns.found(self.texts)
        places = list(set(chain.from_iterable(chosen)))
        return dict(zip(places, patterns.found(self.texts[place] for place in places), strict=True))


class _Trial(NamedTuple):
    """Criteria of one type that are tried at once; ``numbers`` are their positions among all criteria."""

    numbers: tuple[int, ...]
    patterns: Patterns
    aspect: _Aspect


class Containers:
    """An app's containers, prepared to be matched many times. They are known by their positions."""

    def __init__(self, containers: Sequence[Container]) -> None:
        self._containers = containers
        self._aspect = cache(lambda kind: _Aspect(containers, _TEXTS[kind]))

    def matching(self, criteria: Sequence[Criterion]) -> list[int]:
        """Return the positions of the containers that meet all criteria, in order. No criteria: all."""
        positions = list(range(len(self._containers)))
        for numbers, patterns, aspect in self._trials(criteria):
            of, all_bits = aspect.of, (1 << len(numbers)) - 1
            met = aspect.met(patterns, {of[position] for position in positions})
            hit = {place for place, bits in met.items() if bits == all_bits}
            positions = [position for position in positions if of[position] in hit]
        return positions

    def marks(self, criteria: Sequence[Criterion]) -> list[tuple[bool, ...]]:
        """Return for each container, in order, which criteria it meets: a mark for each criterion."""
        columns: list[list[bool]] = [[] for _ in criteria]
        for numbers, patterns, aspect in self._trials(criteria):
            met = aspect.met(patterns, range(len(aspect.combinations)))
            for bit, number in enumerate(numbers):
                columns[number] = [bool(met[place] >> bit & 1) for place in aspect.of]
        return list(zip(*columns, strict=True)) if columns else [()] * len(self._containers)

    def images(self, positions: Iterable[int]) -> list[str]:
        """Return the distinct images of the containers at some positions that ``matchingImages`` can name.

        They are sorted, at most 4095, and have at most 255 characters.
        """
        images = {self._containers[position].container_image for position in positions}
        return sorted(images - too_long(images))[:MOST_IMAGES]

    def _trials(self, criteria: Sequence[Criterion]) -> list[_Trial]:
        """Prepare the criteria to be tried, those first that have the fewest texts to be tried against."""
        trials = (trial for kind in _TEXTS for trial in self._trials_of(kind, criteria))
        return sorted(trials, key=lambda trial: len(trial.aspect.texts))

    def _trials_of(self, kind: CriterionType, criteria: Sequence[Criterion]) -> Iterator[_Trial]:
        numbers = tuple(number for number, criterion in enumerate(criteria) if criterion.type == kind)
        left = iter(numbers)
        for patterns in together(tuple(criteria[number].value for number in numbers)):
            yield _Trial(tuple(islice(left, len(patterns))), patterns, self._aspect(kind))
