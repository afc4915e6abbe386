"""Which pods belong to an Application: by namespaces, the resource filter, and label selectors."""

from pathlib import Path
from typing import Any

import pytest

from execution_hooks.kubernetes.manifests.reading import InvalidManifests
from harness.manifests import application, hit, hook, pod, previewed, read

PODS = (
    pod("db-0", labels={"app": "db"}),
    pod("web-0", labels={"app": "web"}),
    pod("db-1", namespace="other", labels={"app": "db"}),
)
DB = {"matchLabels": {"app": "db"}}

FILTERS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "includes by name": (
        {"resourceSelectionCriteria": "Include", "resourceMatchers": [{"names": ["db-0"]}]},
        ["db-0"],
    ),
    "excludes by name": (
        {"resourceSelectionCriteria": "Exclude", "resourceMatchers": [{"names": ["db-0"]}]},
        ["web-0"],
    ),
    "in any case": (
        {"resourceSelectionCriteria": "exclude", "resourceMatchers": [{"names": ["db-0"]}]},
        ["web-0"],
    ),
    "matchers are alternatives": (
        {
            "resourceSelectionCriteria": "Include",
            "resourceMatchers": [{"names": ["x"]}, {"labelSelectors": ["app=web"]}],
        },
        ["web-0"],
    ),
    "what one matcher gives must fit together": (
        {
            "resourceSelectionCriteria": "Include",
            "resourceMatchers": [{"names": ["db-0"], "labelSelectors": ["app=web"]}],
        },
        [],
    ),
    "the kind of pods": (
        {
            "resourceSelectionCriteria": "Include",
            "resourceMatchers": [{"group": "", "version": "v1", "kind": "Pod"}],
        },
        ["db-0", "web-0"],
    ),
    "another kind includes no pod": (
        {"resourceSelectionCriteria": "Include", "resourceMatchers": [{"kind": "Secret"}]},
        [],
    ),
    "another kind excludes no pod": (
        {"resourceSelectionCriteria": "Exclude", "resourceMatchers": [{"group": "apps"}, {"version": "v2"}]},
        ["db-0", "web-0"],
    ),
    "namespaces": (
        {"resourceSelectionCriteria": "Exclude", "resourceMatchers": [{"namespaces": ["shop"]}]},
        [],
    ),
    "no matcher": ({"resourceSelectionCriteria": "Include", "resourceMatchers": []}, []),
}


def _hit(folder: Path, app: dict[str, Any]) -> list[str]:
    [preview] = previewed(folder, app, hook(), *PODS)
    return [name.split("/")[0] for name in hit(preview)]


def _left_out(folder: Path, app: dict[str, Any]) -> dict[str, str]:
    [preview] = previewed(folder, app, hook(), *PODS)
    assert preview.scope
    return {container.pod_name: why for container, why in preview.scope.left_out}


def test_its_namespaces_are_its_own(tmp_path: Path) -> None:
    assert _hit(tmp_path, application()) == ["db-0", "web-0"]
    assert _hit(tmp_path, application({"namespace": "shop"}, {"namespace": "other"})) == [
        "db-1",
        "db-0",
        "web-0",
    ]


def test_a_selector_holds_for_its_namespace_alone(tmp_path: Path) -> None:
    app = application({"namespace": "shop", "labelSelector": DB}, {"namespace": "other"})

    assert _hit(tmp_path, app) == ["db-1", "db-0"]
    assert _left_out(tmp_path, app) == {"web-0": "label selector"}


def test_a_namespace_that_is_named_twice_is_selected_by_either_selector(tmp_path: Path) -> None:
    web = {"matchLabels": {"app": "web"}}
    app = application({"namespace": "shop", "labelSelector": DB}, {"namespace": "shop", "labelSelector": web})

    assert _hit(tmp_path, app) == ["db-0", "web-0"]


@pytest.mark.parametrize(("resource_filter", "expected"), FILTERS.values(), ids=FILTERS)
def test_a_resource_filter_filters_pods(
    tmp_path: Path, resource_filter: dict[str, Any], expected: list[str]
) -> None:
    app = application(resourceFilter=resource_filter)

    assert _hit(tmp_path, app) == expected
    assert set(_left_out(tmp_path, app).values()) <= {"resource filter"}


def test_the_filter_goes_first_and_the_selector_then(tmp_path: Path) -> None:
    excludes = {"resourceSelectionCriteria": "Exclude", "resourceMatchers": [{"names": ["web-0"]}]}
    none = {"matchLabels": {"app": "none"}}

    left_out = _left_out(
        tmp_path, application({"namespace": "shop", "labelSelector": none}, resourceFilter=excludes)
    )

    assert left_out == {"web-0": "resource filter", "db-0": "label selector"}


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        (
            {"resourceFilter": {"resourceMatchers": []}},
            "spec.resourceFilter.resourceSelectionCriteria is missing",
        ),
        (
            {
                "resourceFilter": {
                    "resourceSelectionCriteria": "Include",
                    "resourceMatchers": [{"labelSelectors": ["a=b", "("]}],
                }
            },
            "spec.resourceFilter.resourceMatchers[0].labelSelectors[1] is no label selector: it has '('",
        ),
        ({"includedNamespaces": None}, "spec.includedNamespaces is missing"),
        ({"includedNamespaces": [{}]}, "spec.includedNamespaces[0].namespace is missing"),
    ],
)
def test_a_malformed_application_is_refused_with_the_place(
    tmp_path: Path, spec: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidManifests) as caught:
        read(tmp_path, application(**spec))

    assert reason in str(caught.value)


def test_an_application_of_virtual_machines_alone_is_read_and_has_no_pods(tmp_path: Path) -> None:
    app = application(includedNamespaces=None, includedVirtualMachines=[{"namespace": "vm", "names": ["a"]}])

    assert _hit(tmp_path, app) == []
