"""Judging: whether hooks hit what they must, and nothing that they must not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.preview import Preview, previews
from execution_hooks.kubernetes.expectations.expectation import Expectation
from execution_hooks.matching.containers import Container

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is expected of a hook; ``failure`` says why it is not so, and is empty if it is."""

    hook: str
    expected: str
    failure: str = ""


def judge(cluster: Cluster, expectations: Sequence[Expectation]) -> Iterator[Check]:
    """Judge expectations, in their order."""
    found = {"/".join(each.hook.key): each for each in previews(cluster, cluster.sorted_hooks())}
    everything = [name_of(each.container) for pod in cluster.pods.values() for each in pod.containers]
    for expectation in expectations:
        preview = found.get(expectation.hook)
        if preview is None:
            yield Check(expectation.hook, "is there", "there is no such ExecHook")
        elif preview.unknown:
            yield Check(expectation.hook, "can be matched", preview.unknown)
        else:
            yield from _checks(expectation, preview, everything)


def name_of(container: Container) -> str:
    """Return the name of a container, as globs are held against it."""
    return f"{container.namespace_name}/{container.pod_name}/{container.container_name}"


def split(preview: Preview) -> tuple[list[str], list[str]]:
    """Return the names of the containers that a hook hits, and of those that it tries and misses."""
    hit: list[str] = []
    missed: list[str] = []
    if explanation := preview.explanation:
        for container, marks in zip(explanation.containers, explanation.marks, strict=True):
            (hit if all(marks) else missed).append(name_of(container))
    return hit, missed


def _checks(expectation: Expectation, preview: Preview, everything: Sequence[str]) -> Iterator[Check]:
    hook, (hit, missed) = expectation.hook, split(preview)
    for glob in expectation.hits:
        yield Check(hook, f"hits {glob}", _why_not_hit(glob, hit, missed, preview))
    for glob in expectation.misses:
        wrong = _fitting(glob, hit)
        unfit = "" if _fitting(glob, everything) else "no container fits"
        yield Check(hook, f"misses {glob}", f"it hits {_named(wrong)}" if wrong else unfit)
    if expectation.only:
        others = [each for each in hit if not any(fnmatchcase(each, glob) for glob in expectation.hits)]
        yield Check(hook, "hits nothing else", f"it hits {_named(others)}" if others else "")


def _why_not_hit(glob: str, hit: list[str], missed: list[str], preview: Preview) -> str:
    if wrong := _fitting(glob, missed):
        return f"it misses {_named(wrong)}"
    if _fitting(glob, hit):
        return ""
    left_out = {name_of(container): why for container, why in preview.scope.left_out} if preview.scope else {}
    if gone := _fitting(glob, list(left_out)):
        return f"left out is {_named([f'{name} ({left_out[name]})' for name in gone])}"
    return "no container of the Application fits"


def _fitting(glob: str, names: Sequence[str]) -> list[str]:
    return [name for name in names if fnmatchcase(name, glob)]


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
