"""Previews of ExecHooks as text: a summary of several, then each with its containers."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from execution_hooks.cli.explanation_text import alarm, bold, matches
from execution_hooks.cli.formats import table, visible
from execution_hooks.cli.why_nothing import reasons
from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.preview import UNDOCUMENTED, LeftOut, Preview
from execution_hooks.matching.containers import Container
from execution_hooks.matching.explanation import Explanation

_AS_DOCUMENTED = (
    "as documented: Trident Protect's documents do not say whether a hook runs there; "
    "they are left out as `admin app import` documents it."
)
_MOST_CRITERIA = 10
"""Criteria among which a conflict is looked for, which takes twice as long for each more."""


def lines_of(cluster: Cluster, previews: Sequence[Preview], *, whole: bool) -> Iterator[str]:
    """Yield the lines, styled for a terminal: whole, with each container, or in numbers alone."""
    if len(previews) > 1 or not whole:
        yield from _summary(cluster, previews)
    for _, of_application in groupby(previews if whole else (), lambda each: each.hook.application_key):
        together = list(of_application)
        for preview in together:
            if len(previews) > 1:
                yield ""
            yield from _preview(preview)
        yield from _left_out(together[0])
    if not cluster.pods:
        yield alarm("No pods were given: add those that kubectl get pods -A -o json prints.")


def _summary(cluster: Cluster, previews: Sequence[Preview]) -> Iterator[str]:
    rows = []
    for preview in previews:
        hook, tried = preview.hook, len(preview.scope.containers) if preview.scope else 0
        names = ("/".join(hook.key), hook.application, f"{hook.stage}-{hook.action}")
        rows.append([*map(visible, names), f"{preview.hits} of {tried}", visible(_verdict(preview))])
    yield from table(("hook", "application", "runs", "hits", "verdict"), rows)
    hitting = sum(bool(preview.hits) for preview in previews)
    yield bold(f"{hitting} of {len(previews)} hooks hit a container; {len(cluster.pods)} pods were given.")


def _verdict(preview: Preview) -> str:
    if not preview.hits:
        return preview.unknown or "HITS NOTHING"
    return "hits" if preview.hook.enabled else "disabled; would hit"


def _preview(preview: Preview) -> Iterator[str]:
    hook, explanation = preview.hook, preview.explanation
    off = "" if hook.enabled else " (disabled: it does not run)"
    title = f"ExecHook {'/'.join(hook.key)}, Application {hook.application}, {hook.stage}-{hook.action}{off}"
    yield bold(visible(title))
    if explanation and explanation.containers:
        yield from _matches(explanation)
    if not preview.hits:
        yield alarm("THIS HOOK HITS NOTHING")
        yield from map(visible, _why_nothing(preview))


def _matches(explanation: Explanation) -> Iterator[str]:
    yield from matches(explanation)
    if waiting := explanation.waiting_hits:
        yield f"{waiting} of them waited to start; a hook cannot run there before they do."


def _left_out(preview: Preview) -> Iterator[str]:
    """Yield what an Application leaves out, once for all of its hooks."""
    scope = preview.scope
    if scope is None:
        return
    if scope.left_out:
        yield bold(visible(f"Left out of the Application {preview.hook.application}:"))
        rows = []
        for (namespace, pod, why), containers in groupby(scope.left_out, _pod_and_why):
            names = ", ".join(container.container_name for container, _ in containers)
            reason = f"{why}, as documented" if why in UNDOCUMENTED else why
            rows.append([*map(visible, (namespace, pod, names)), reason])
        yield from table(("namespace", "pod", "containers", "why"), rows)
    if any(why in UNDOCUMENTED for _, why in scope.left_out):
        yield _AS_DOCUMENTED
    if scope.other_pods:
        yield f"Pods of other namespaces: {scope.other_pods}."
    if scope.no_pods:
        yield visible(f"No pod was given of: {', '.join(scope.no_pods)}.")


def _pod_and_why(left_out: tuple[Container, LeftOut]) -> tuple[str, str, LeftOut]:
    container, why = left_out
    return container.namespace_name, container.pod_name, why


def _why_nothing(preview: Preview) -> list[str]:
    if preview.unknown:
        return [preview.unknown]
    if not (preview.explanation and preview.explanation.containers):
        return ["The Application has no container that counts."]
    if len(preview.hook.criteria) > _MOST_CRITERIA and not preview.explanation.excluded_by:
        return ["Each criterion by itself hits a container, but no container meets them all."]
    return reasons(preview.explanation)
