"""Random clusters: a second, naive matcher judges every hook as ours does.

``CLUSTERS`` of them, from pinned seeds.
"""

import json
import os
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from execution_hooks.kubernetes.exechook.cluster import read_cluster
from execution_hooks.kubernetes.exechook.preview import previews

CLUSTERS = int(os.environ.get("CLUSTERS", "50"))
Node = dict[str, Any]

_NAMESPACES = st.sampled_from(["shop", "data", "web"])
_KEYS, _VALUES = st.sampled_from(["app", "tier", "example.org/part"]), st.sampled_from(["db", "web", "", "1"])
_WORDS = st.sampled_from(["postgres", "postgres-exporter", "redis", "web"])
_PATTERNS = st.sampled_from(
    [
        "postgres",
        "^postgres$",
        "postgres:16",
        "db-[0-9]+$",
        "^(web|redis)",
        "",
        "app=db",
        "^app=",
        "=$",
        "x+y?z",
    ]
)
"""Patterns that RE2 and Python's re take alike."""


@st.composite
def _pods(draw: st.DrawFn, number: int) -> Node:
    names = draw(st.lists(_WORDS, min_size=1, max_size=3, unique=True))
    image = st.builds("{}:{}".format, _WORDS, st.sampled_from(["15", "16", "latest"]))
    containers = [{"name": name, "image": draw(image)} for name in names]
    init = [
        {"name": f"init-{index}", "image": "i:1", **({"restartPolicy": "Always"} if stays else {})}
        for index, stays in enumerate(draw(st.lists(st.booleans(), max_size=2)))
    ]
    phase = draw(st.sampled_from(["Running", "Running", "Pending", "Succeeded", "Failed"]))
    gone = draw(st.sets(st.sampled_from(names))) if draw(st.booleans()) else set()
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "namespace": draw(_NAMESPACES),
            "name": draw(st.sampled_from(["db", "web"])) + f"-{number}",
            "labels": draw(st.dictionaries(_KEYS, _VALUES, max_size=3)),
        },
        "spec": {"containers": containers, "initContainers": init},
        "status": {
            "phase": phase,
            "containerStatuses": [{"name": name, "state": {"terminated": {}}} for name in sorted(gone)],
        },
    }


@st.composite
def _selectors(draw: st.DrawFn) -> Node:
    operator = draw(st.sampled_from(["In", "NotIn", "Exists", "DoesNotExist"]))
    values = draw(st.lists(_VALUES, min_size=1, max_size=2)) if operator in {"In", "NotIn"} else []
    expression = {"key": draw(_KEYS), "operator": operator, "values": values}
    return {
        "matchLabels": draw(st.dictionaries(_KEYS, _VALUES, max_size=1)),
        "matchExpressions": [expression] if draw(st.booleans()) else [],
    }


_MATCHERS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["Pod", "Secret"]),
        "group": st.sampled_from(["", "apps"]),
        "names": st.lists(st.sampled_from(["db-0", "web-1", "db-2"]), max_size=2),
        "namespaces": st.lists(_NAMESPACES, max_size=2),
        "labelSelectors": st.lists(st.sampled_from(["app=db", "app!=db", "tier", "!tier"]), max_size=2),
    },
)
_FILTERS = st.fixed_dictionaries(
    {
        "resourceSelectionCriteria": st.sampled_from(["Include", "Exclude"]),
        "resourceMatchers": st.lists(_MATCHERS, min_size=1, max_size=2),
    }
)


@st.composite
def _applications(draw: st.DrawFn, name: str) -> Node:
    included = [
        {
            "namespace": draw(_NAMESPACES),
            **({"labelSelector": draw(_selectors())} if draw(st.booleans()) else {}),
        }
        for _ in range(draw(st.integers(1, 3)))
    ]
    spec: Node = {"includedNamespaces": included}
    if draw(st.integers(0, 3)) == 0:
        spec["resourceFilter"] = draw(_FILTERS)
    return _resource("Application", name, spec)


@st.composite
def _hooks(draw: st.DrawFn, number: int) -> Node:
    kinds = st.sampled_from(["containerImage", "ContainerName", "podName", "PodLabel", "namespaceName"])
    criterion = st.fixed_dictionaries({"type": kinds, "value": _PATTERNS})
    spec = {
        "applicationRef": draw(st.sampled_from(["one", "two", "none"])),
        "action": draw(st.sampled_from(["Snapshot", "backup"])),
        "stage": draw(st.sampled_from(["Pre", "post"])),
        "hookSource": "eA==",
        "matchingCriteria": draw(st.lists(criterion, max_size=3)),
    }
    return _resource("ExecHook", f"hook-{number}", spec)


def _resource(kind: str, name: str, spec: Node) -> Node:
    metadata = {"name": name, "namespace": "shop"}
    return {"apiVersion": "protect.trident.netapp.io/v1", "kind": kind, "metadata": metadata, "spec": spec}


@st.composite
def _clusters(draw: st.DrawFn) -> list[Node]:
    pods = [draw(_pods(number)) for number in range(draw(st.integers(0, 6)))]
    hooks = [draw(_hooks(number)) for number in range(draw(st.integers(1, 4)))]
    resources: list[Node] = [*pods, draw(_applications("one")), draw(_applications("two")), *hooks]
    return draw(st.permutations(resources))


@seed(20261126)
@settings(max_examples=CLUSTERS, database=None, deadline=None)
@given(resources=_clusters(), as_yaml=st.booleans())
def test_a_naive_matcher_judges_each_hook_as_ours_does(
    tmp_path_factory: pytest.TempPathFactory,
    *,
    resources: list[Node],
    as_yaml: bool,
) -> None:
    file = tmp_path_factory.getbasetemp() / "random-cluster"
    listed = {"apiVersion": "v1", "kind": "List", "items": resources}
    file.write_text(yaml.safe_dump_all(resources) if as_yaml else json.dumps(listed))
    cluster = read_cluster([str(file)])

    for preview in previews(cluster, cluster.sorted_hooks()):
        explanation = preview.explanation
        marked = zip(explanation.containers, explanation.marks, strict=True) if explanation else ()
        found = {(c.namespace_name, c.pod_name, c.container_name): marks for c, marks in marked}
        assert found == _judged(resources, preview.hook.name)


def _judged(resources: list[Node], hook_name: str) -> dict[tuple[str, str, str], tuple[bool, ...]]:
    """Judge a hook the simple way: each criterion at each container of its Application."""
    [hook] = [each for each in resources if each["metadata"]["name"] == hook_name]
    apps = [
        each
        for each in resources
        if each["kind"] == "Application" and each["metadata"]["name"] == hook["spec"]["applicationRef"]
    ]
    judged = {}
    for pod in (each for each in resources if each["kind"] == "Pod" and apps):
        if not _belongs(pod, apps[0]["spec"]) or pod["status"]["phase"] in ("Succeeded", "Failed"):
            continue
        for container in _running(pod):
            marks = tuple(_meets(pod, container, each) for each in hook["spec"]["matchingCriteria"])
            key = (pod["metadata"]["namespace"], pod["metadata"]["name"], container["name"])
            judged[key] = marks
    return judged


def _running(pod: Node) -> list[Node]:
    gone = [each["name"] for each in pod["status"]["containerStatuses"]]
    stay = [each for each in pod["spec"]["initContainers"] if "restartPolicy" in each]
    return stay + [each for each in pod["spec"]["containers"] if each["name"] not in gone]


def _belongs(pod: Node, spec: Node) -> bool:
    labels, namespace = pod["metadata"]["labels"], pod["metadata"]["namespace"]
    if "resourceFilter" in spec:
        fits = [_fits(pod, matcher) for matcher in spec["resourceFilter"]["resourceMatchers"]]
        if any(fits) is (spec["resourceFilter"]["resourceSelectionCriteria"] == "Exclude"):
            return False
    return any(
        each["namespace"] == namespace and _selects(each.get("labelSelector", {}), labels)
        for each in spec["includedNamespaces"]
    )


def _fits(pod: Node, matcher: Node) -> bool:
    labels = pod["metadata"]["labels"]
    texts = {
        "app=db": labels.get("app") == "db",
        "app!=db": labels.get("app") != "db",
        "tier": "tier" in labels,
        "!tier": "tier" not in labels,
    }
    names, namespaces = matcher.get("names"), matcher.get("namespaces")
    selectors = matcher.get("labelSelectors")
    return not (
        matcher.get("kind", "Pod") != "Pod"
        or matcher.get("group", "") != ""
        or (names and pod["metadata"]["name"] not in names)
        or (namespaces and pod["metadata"]["namespace"] not in namespaces)
        or (selectors and not any(texts[text] for text in selectors))
    )


def _selects(selector: Node, labels: Node) -> bool:
    for name, value in selector.get("matchLabels", {}).items():
        if labels.get(name) != value:
            return False
    for expression in selector.get("matchExpressions", []):
        value, values = labels.get(expression["key"]), expression["values"]
        met = {
            "In": value in values,
            "NotIn": value not in values,
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }
        if not met[expression["operator"]]:
            return False
    return True


def _meets(pod: Node, container: Node, criterion: Node) -> bool:
    labels = [f"{name}={value}" for name, value in pod["metadata"]["labels"].items()]
    texts = {
        "containerimage": [container["image"]],
        "containername": [container["name"]],
        "podname": [pod["metadata"]["name"]],
        "podlabel": labels,
        "namespacename": [pod["metadata"]["namespace"]],
    }
    return any(re.search(criterion["value"], text) for text in texts[criterion["type"].lower()])
