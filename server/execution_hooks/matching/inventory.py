"""Inventories: the containers that an app is known to have, prepared for hooks to be matched with them."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, reduce
from itertools import chain, islice
from operator import or_
from threading import Lock
from typing import Any, NamedTuple

from execution_hooks.contract.bundled import limits
from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import Criterion, CriterionType, Patterns, together

_MOST_REMEMBERED = 128
"""Hooks whose matches are remembered, so that a costly one is matched once and not at each read."""

_MOST_PREPARED = 16
"""Apps whose inventory is kept prepared. One of 10,000 containers takes some ten megabytes."""
_FEW = 16
"""So few containers are matched faster than work is handed to another thread."""

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
        self._count = len(containers)
        self._aspect = cache(lambda kind: _Aspect(containers, _TEXTS[kind]))

    def matching(self, criteria: Sequence[Criterion]) -> list[int]:
        """Return the positions of the containers that meet all criteria, in order. No criteria: all."""
        positions = list(range(self._count))
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
        return list(zip(*columns, strict=True)) if columns else [()] * self._count

    def _trials(self, criteria: Sequence[Criterion]) -> list[_Trial]:
        """Prepare the criteria to be tried, those first that have the fewest texts to be tried against."""
        trials = (trial for kind in _TEXTS for trial in self._trials_of(kind, criteria))
        return sorted(trials, key=lambda trial: len(trial.aspect.texts))

    def _trials_of(self, kind: CriterionType, criteria: Sequence[Criterion]) -> Iterator[_Trial]:
        numbers = tuple(number for number, criterion in enumerate(criteria) if criterion.type == kind)
        left = iter(numbers)
        for patterns in together(tuple(criteria[number].value for number in numbers)):
            yield _Trial(tuple(islice(left, len(patterns))), patterns, self._aspect(kind))


class Inventory:
    """The containers of one app, prepared once and matched many times. They are known by their positions."""

    def __init__(self, containers: Sequence[Container]) -> None:
        self.containers = containers
        self.is_small = len(containers) <= _FEW
        """Whether a hook is matched within a millisecond or so."""
        self.matching = Containers(containers).matching
        self.hits = lru_cache(_MOST_REMEMBERED)(self._hits)
        """Return the positions and the images of the containers that meet all of a tuple of criteria."""
        self.each = cache(self._each)
        """Return what a function makes of each container. It is made once, and kept."""

    def images(self, positions: Iterable[int]) -> list[str]:
        """Return the distinct images of the containers at some positions that ``matchingImages`` can name.

        They are sorted, and no more and no longer than the contract allows.
        """
        most, longest = limits().most_images, limits().longest_image
        images = {self.containers[position].container_image for position in positions}
        return [image for image in sorted(images) if len(image) <= longest][:most]

    def _each(self, make: Callable[[Container], Any]) -> list[Any]:
        return [make(container) for container in self.containers]

    def _hits(self, criteria: tuple[Criterion, ...]) -> tuple[list[int], list[str]]:
        positions = self.matching(criteria)
        return positions, self.images(positions)


class Inventories:
    """The inventories of apps. Those that were asked for last are kept prepared.

    ``current`` returns which revision of an app's inventory is current, by the ids of its account and of the
    app; None if its containers are not known. ``load`` returns the containers of an app, by its id.
    """

    def __init__(
        self, current: Callable[[str, str], str | None], load: Callable[[str], Sequence[Container]]
    ) -> None:
        self._current = current
        self._load = load
        self._prepared: OrderedDict[str, tuple[str, Inventory]] = OrderedDict()
        self._preparing = Lock()

    def revision(self, account_id: str, app_id: str) -> str | None:
        """Return which revision of an app's inventory is current; None if its containers are not known."""
        return self._current(account_id, app_id)

    def of(self, account_id: str, app_id: str) -> Inventory | None:
        """Return the app's inventory as it is now; None if its containers are not known."""
        revision = self._current(account_id, app_id)
        return None if revision is None else self.prepared(app_id, revision)

    def at_hand(self, app_id: str, revision: str) -> Inventory | None:
        """Return this revision of the app's inventory if it is prepared already, at once."""
        known, inventory = self._prepared.get(app_id, (None, None))
        return inventory if known == revision else None

    def prepared(self, app_id: str, revision: str) -> Inventory:
        """Return this revision, or the current one if there is a newer.

        Many who ask at once have it prepared once.
        """
        with self._preparing:
            known, inventory = self._prepared.pop(app_id, (None, None))
            if inventory is None or known != revision:
                inventory = Inventory(self._load(app_id))
            self._prepared[app_id] = (revision, inventory)
            if len(self._prepared) > _MOST_PREPARED:
                self._prepared.popitem(last=False)
            return inventory
