"""Previews: which containers of its Application a hook would hit, and why others are not even tried."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from execution_hooks.kubernetes.exechook.application import Application, Outside
from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.hook import ExecHook
from execution_hooks.kubernetes.pod import Ended
from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import Criterion, InvalidPattern, cost
from execution_hooks.matching.explanation import Explanation
from execution_hooks.matching.inventory import Containers

LeftOut = Outside | Ended | Literal["completed pod"]
"""Why a container is not tried: its pod is not the Application's or has completed, or it has ended itself."""

UNDOCUMENTED: frozenset[LeftOut] = frozenset(
    {"completed pod", "init container", "ephemeral container", "terminated"}
)
"""Of these, the product's documents say nothing; they are left out as ``app import`` documents it."""


@dataclass(frozen=True)
class Scope:
    """The containers of an Application, prepared to be matched; and those left out, with why.

    Left out are those in its namespaces. ``other_pods`` counts the pods of other namespaces, ``no_pods`` are
    its namespaces of which no pod was given.
    """

    containers: tuple[Container, ...]
    prepared: Containers
    left_out: tuple[tuple[Container, LeftOut], ...]
    other_pods: int
    no_pods: tuple[str, ...]
    _tried: dict[Criterion, tuple[bool, ...]] = field(default_factory=dict, repr=False)

    def prepare(self, criteria: Iterable[Criterion]) -> None:
        """Try valid criteria on all containers, all at once, each once: hooks often share some."""
        new = tuple(dict.fromkeys(each for each in criteria if each not in self._tried))
        if new and self.containers:
            self._tried.update(zip(new, zip(*self.prepared.marks(new), strict=True), strict=True))

    def marks(self, criteria: Sequence[Criterion]) -> tuple[tuple[bool, ...], ...]:
        """Return for each container which of the prepared criteria it meets."""
        if not criteria or not self.containers:
            return ((),) * len(self.containers)
        return tuple(zip(*(self._tried[criterion] for criterion in criteria), strict=True))


@dataclass(frozen=True)
class Preview:
    """A hook, with an explanation and its Application's scope; if there is none, ``unknown`` says why."""

    hook: ExecHook
    scope: Scope | None
    explanation: Explanation | None
    unknown: str = ""

    @property
    def hits(self) -> int:
        """How many containers the hook would hit, were it enabled."""
        return self.explanation.hits if self.explanation else 0


def previews(cluster: Cluster, hooks: Sequence[ExecHook]) -> Iterator[Preview]:
    """Match hooks, sorted by their Application, with its containers, which are gathered and tried once."""
    for key, of_one in groupby(hooks, lambda hook: hook.application_key):
        application, together = cluster.applications.get(key), tuple(of_one)
        if application is None:
            reason = f"there is no Application {'/'.join(key)}"
            yield from (Preview(hook, None, None, reason) for hook in together)
            continue
        scope = scope_of(application, cluster)
        yield from previews_of(together, scope)


def previews_of(hooks: Sequence[ExecHook], scope: Scope) -> Iterator[Preview]:
    """Match the hooks of one Application."""
    invalid = {hook.key: reason for hook in hooks if (reason := invalid_pattern(hook))}
    scope.prepare(each for hook in hooks if hook.key not in invalid for each in hook.criteria)
    for hook in hooks:
        if hook.key in invalid:
            yield Preview(hook, scope, None, invalid[hook.key])
        else:
            marks = scope.marks(hook.criteria)
            yield Preview(hook, scope, Explanation(hook.criteria, scope.containers, marks))


def invalid_pattern(hook: ExecHook) -> str:
    """Return which of a hook's patterns RE2 refuses first, and why; empty if it refuses none."""
    for number, criterion in enumerate(hook.criteria, 1):
        try:
            cost(criterion.value)
        except InvalidPattern as error:
            return f"criterion {number} is not an RE2 pattern: {error}"
    return ""


def scope_of(application: Application, cluster: Cluster) -> Scope:
    """Gather the containers of an Application, sorted by namespace and pod, in a pod as they start."""
    found: list[tuple[Container, LeftOut | None]] = []
    pods = cluster.pods_of(application.selectors)
    for pod in pods:
        outside = application.leaves_out(pod.namespace, pod.name, pod.labels)
        whole: LeftOut | None = outside or ("completed pod" if pod.completed else None)
        found += [(each.container, whole or each.left_out) for each in pod.containers]
    containers = tuple(container for container, why in found if why is None)
    return Scope(
        containers,
        Containers(containers),
        tuple((container, why) for container, why in found if why is not None),
        len(cluster.pods) - len(pods),
        tuple(sorted(set(application.selectors) - {pod.namespace for pod in pods})),
    )


def counted(scope: Scope) -> Mapping[LeftOut, int]:
    """Count the containers that a scope leaves out, by why."""
    counts: dict[LeftOut, int] = {}
    for _, why in scope.left_out:
        counts[why] = counts.get(why, 0) + 1
    return counts
