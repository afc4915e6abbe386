"""Rules about what a hook hits. All need pods."""

from collections.abc import Iterator
from itertools import groupby

from execution_hooks.kubernetes.exechook.workload import workload_of
from execution_hooks.kubernetes.lint.rules import Rule, Subject, hit, some
from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import Criterion

_OF_A_CONTAINER = {"containerImage", "containerName"}
_BEGINNINGS, _ENDS = ("^", r"\A"), ("$", r"\z")


def _hits_nothing(subject: Subject) -> Iterator[str]:
    if subject.preview.scope and subject.preview.explanation and not subject.hit:
        yield f"it hits none of {len(subject.preview.scope.containers)} containers"


def _hits_neighbour(subject: Subject) -> Iterator[str]:
    loose = [each for each in _of_a_container(subject) if not _is_anchored(each.value)]
    if loose and (several := _several_of_a_pod(subject)):
        patterns = some([repr(each.value) for each in loose])
        yield f"without an anchor, {patterns} fits {_described(several)}"


def _hits_whole_pod(subject: Subject) -> Iterator[str]:
    if not _of_a_container(subject) and (several := _several_of_a_pod(subject)):
        yield f"no criterion tells containers of a pod apart, so it hits {_described(several)}"


def _hits_replicas(subject: Subject) -> Iterator[str]:
    replicas: dict[str, dict[str, None]] = {}
    for container in subject.hit:
        pod = subject.cluster.pods[container.namespace_name, container.pod_name]
        if workload := workload_of(pod):
            replicas.setdefault(f"{workload.kind} {pod.namespace}/{workload.name}", {})[pod.name] = None
    for workload_name, pods in replicas.items():
        if len(pods) > 1:
            yield f"it hits {len(pods)} pods of the {workload_name}"


def _never_thawed(subject: Subject) -> Iterator[str]:
    """Speak of operations that have a post hook as well: of others, _no_such_stage speaks."""
    hook = subject.hook
    if hook.stage != "pre" or hook.action not in {"snapshot", "backup"} or not hook.enabled:
        return
    after = subject.others("post")
    thawed = {container for each in after for container in hit(each)}
    if not after:
        yield f"the Application has no enabled post-{hook.action} hook"
    elif frozen := [each for each in subject.hit if each not in thawed]:
        where = some([f"{each.pod_name}/{each.container_name}" for each in frozen])
        yield f"no post-{hook.action} hook hits {len(frozen)} of its {len(subject.hit)} containers: {where}"


def _of_a_container(subject: Subject) -> list[Criterion]:
    return [each for each in subject.hook.criteria if each.type in _OF_A_CONTAINER]


def _is_anchored(pattern: str) -> bool:
    return pattern.startswith(_BEGINNINGS) and pattern.endswith(_ENDS)


def _several_of_a_pod(subject: Subject) -> list[list[Container]]:
    """Return the containers that are hit, pod by pod, where a pod has several."""
    pods = groupby(subject.hit, lambda container: (container.namespace_name, container.pod_name))
    return [found for _, containers in pods if len(found := list(containers)) > 1]


def _described(several: list[list[Container]]) -> str:
    first = several[0]
    names = " and ".join(container.container_name for container in first)
    more = f" ({len(several)} pods alike)" if len(several) > 1 else ""
    return f"{names} of the pod {first[0].namespace_name}/{first[0].pod_name}{more}"


RULES = (
    Rule(
        "hits-nothing",
        "error",
        "The hook hits no container.",
        "Run exechook explain to see which criterion excludes which container.",
        _hits_nothing,
        needs_pods=True,
    ),
    Rule(
        "hits-neighbour",
        "warning",
        "A pattern without anchors hits several containers of one pod, as an exporter beside its database.",
        "Anchor the pattern, as in ^postgres$, or add a criterion that the container meant alone meets.",
        _hits_neighbour,
        needs_pods=True,
    ),
    Rule(
        "hits-whole-pod",
        "warning",
        "Without a criterion for containers, the hook runs in every container of a pod, sidecars too.",
        "Add a criterion containerName or containerImage.",
        _hits_whole_pod,
        needs_pods=True,
    ),
    Rule(
        "hits-replicas",
        "note",
        "The hook runs in several replicas of one workload.",
        "If one is to run it, add a criterion podName, as -0$, or podLabel; no order among them is certain.",
        _hits_replicas,
        needs_pods=True,
    ),
    Rule(
        "never-thawed",
        "error",
        "What the hook does before an operation, no hook undoes after it.",
        "Add an enabled post hook for the same action that hits the same containers.",
        _never_thawed,
    ),
)
