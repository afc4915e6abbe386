"""What goes from the REST API to Kubernetes or back, and returns, is the same but for what was reported."""

import base64
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from execution_hooks.kubernetes.exchange import exporting
from execution_hooks.kubernetes.exchange.exporting import export
from execution_hooks.kubernetes.exchange.importing import import_hooks
from execution_hooks.kubernetes.exchange.resources import (
    OURS,
    Loss,
    Resources,
    read_resources,
    write_resources,
)
from execution_hooks.kubernetes.exechook.cluster import Cluster, read_cluster
from execution_hooks.kubernetes.exechook.hook import ExecHook
from execution_hooks.kubernetes.manifests.writing import write_yaml
from harness.commands import Run, refused
from harness.manifests import Node, application, hook, read, written

SCHEMA = Path(exporting.__file__).with_name("exechook.schema.json")
VALIDATOR = jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
EXAMPLES = int(os.environ.get("CLUSTERS", "50"))
exactly_so = settings(max_examples=EXAMPLES // 2, database=None, deadline=None)

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_NAMES = st.one_of(
    st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True), _TEXT.filter(bool), st.just("x" * 63)
)
_SCRIPTS = st.sampled_from([b"#!/bin/sh\n", b"#!/bin/sh\nexit 0\n", b"true\n"])
_NAMESPACES = st.lists(st.sampled_from(["shop", "data", "web"]), max_size=2, unique=True)
_LABEL_NAMES = st.sampled_from(["team", "app.kubernetes.io/name", "not valid", ""])
_CRITERIA = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["containerImage", "podLabel"]),
            "value": st.sampled_from(["^a$", "b.*", ""]),
        }
    ),
    max_size=3,
    unique_by=lambda criterion: (criterion["type"], criterion["value"]),
)


def _ids(prefix: str, count: int) -> list[str]:
    return [f"{prefix}-{number}" for number in range(count)]


@st.composite
def _rest_resources(draw: st.DrawFn) -> Resources:
    apps = [
        {"id": each, "name": draw(_NAMES), "namespaces": draw(_NAMESPACES)}
        for each in _ids("app", draw(st.integers(1, 3)))
    ]
    names = draw(st.lists(_NAMES, min_size=3, max_size=3, unique=True))
    sources = [
        {
            "id": each,
            "name": name,
            "source": base64.b64encode(draw(_SCRIPTS)).decode(),
            **draw(st.sampled_from([{}, {"description": "x"}])),
        }
        for each, name in zip(_ids("source", 3), names, strict=True)
    ]
    hooks = [draw(_rest_hooks(name, len(apps))) for name in draw(st.lists(_NAMES, max_size=4, unique=True))]
    return Resources(apps, sources, hooks)


@st.composite
def _rest_hooks(draw: st.DrawFn, name: str, apps: int) -> Node:
    label = st.fixed_dictionaries({"name": _LABEL_NAMES, "value": st.sampled_from(["finance", "", "a b"])})
    hook: Node = {
        "name": name,
        "action": draw(st.sampled_from(["snapshot", "backup"])),
        "stage": draw(st.sampled_from(["pre", "post"])),
        "enabled": draw(st.sampled_from(["true", "false"])),
        "arguments": draw(st.lists(_TEXT, max_size=3)),
        "matchingCriteria": draw(_CRITERIA),
        "appID": draw(st.sampled_from(_ids("app", apps))),
        "hookSourceID": draw(st.sampled_from(_ids("source", 3))),
    }
    if draw(st.booleans()):
        hook["description"] = draw(_TEXT)
    if draw(st.booleans()):
        hook["metadata"] = {"labels": draw(st.lists(label, max_size=2))}
    return hook


def _through_a_file(manifests: Sequence[Node], folder: Path) -> Cluster:
    file = folder / "manifests.yaml"
    file.write_text(write_yaml(manifests), "utf-8")
    return read_cluster([str(file)]) if manifests else Cluster()


def _compared(resources: Resources, lost: set[tuple[str, str]]) -> dict[str, Any]:
    """What must be the same of hooks, by their names, without what was lost and what only ids tell."""
    apps = {app["id"]: app for app in resources.apps}
    sources = {source["id"]: source for source in resources.sources}
    found = {}
    for each in resources.hooks:
        resource = f"hook {each['name']}"
        labels = [(label["name"], label["value"]) for label in each.get("metadata", {}).get("labels", [])]
        gone = {field.removeprefix("the label ") for of, field in lost if of == resource}
        found[each["name"]] = {
            "app": apps[each["appID"]]["name"],
            "script": sources[each["hookSourceID"]]["source"],
            "labels": sorted((name, value) for name, value in labels if name not in gone),
            **{name: each[name] for name in ("action", "stage", "enabled", "arguments", "matchingCriteria")},
            "description": each.get("description"),
        }
    return found


@seed(20261126)
@exactly_so
@given(resources=_rest_resources())
def test_what_goes_to_kubernetes_and_returns_is_the_same_but_for_what_was_reported(
    tmp_path_factory: pytest.TempPathFactory, *, resources: Resources
) -> None:
    manifests, losses = export(resources)
    for manifest in manifests:
        VALIDATOR.validate(manifest)
    cluster = _through_a_file(manifests, tmp_path_factory.getbasetemp())
    returned, more = import_hooks(cluster, cluster.sorted_hooks())
    lost = {(loss.resource, loss.field) for loss in losses}

    assert _compared(returned, lost) == _compared(resources, lost)
    assert not [loss for loss in more if not loss.field]
    _assert_the_same_apps(resources, returned, lost)
    _assert_the_same_sources(resources, returned, losses, more)


def _assert_the_same_apps(resources: Resources, returned: Resources, lost: set[tuple[str, str]]) -> None:
    used = {each["appID"] for each in resources.hooks}
    before = [app for app in resources.apps if app["id"] in used]
    unknown = {app["name"] for app in before if (f"app {app['name']}", "namespaces") in lost}

    def known(apps: list[Node]) -> list[tuple[str, list[str]]]:
        return sorted((app["name"], sorted(app["namespaces"])) for app in apps if app["name"] not in unknown)

    assert sorted(app["name"] for app in before) == sorted(app["name"] for app in returned.apps)
    assert known(before) == known(returned.apps)


def _assert_the_same_sources(
    resources: Resources, returned: Resources, losses: list[Loss], more: list[Loss]
) -> None:
    """A source that returns has its name, unless another one with the same script has given its own."""
    kept = {source["name"] for source in returned.sources}
    gone = {loss.resource.removeprefix("hook source ") for loss in losses if not loss.field}
    shared = any("hook-source" in loss.field for loss in more)
    used = {source["name"] for source in resources.sources} - gone
    assert kept <= used
    assert shared or kept == used


@st.composite
def _hook_manifests(draw: st.DrawFn, name: str) -> Node:
    made = hook(
        name=name,
        applicationRef=draw(st.sampled_from(["app", "other", "none"])),
        action=draw(st.sampled_from(["Snapshot", "backup", "Restore"])),
        stage=draw(st.sampled_from(["Pre", "post"])),
        enabled=draw(st.booleans()),
        arguments=draw(st.one_of(st.lists(_TEXT, max_size=3), st.just(["a"] * 17), st.just(["a" * 128]))),
        matchingCriteria=draw(st.one_of(_CRITERIA, st.just([{"type": "podName", "value": "("}]))),
        hookSource=draw(st.sampled_from(["IyEK", "IyEvYmluL3NoCg==", "no base64!", ""])),
        timeout=draw(st.sampled_from([25, 40])),
    )
    made["metadata"]["labels"] = draw(
        st.dictionaries(st.sampled_from(["team", "a.b/c"]), st.just("x"), max_size=2)
    )
    made["metadata"]["annotations"] = draw(
        st.dictionaries(st.sampled_from(["note", "a.b/c"]), _TEXT, max_size=2)
    )
    return made


@st.composite
def _manifests(draw: st.DrawFn) -> list[Node]:
    names = st.from_regex(r"[a-z][a-z0-9-]{0,70}[a-z0-9]", fullmatch=True)
    hooks = [
        draw(_hook_manifests(name)) for name in draw(st.lists(names, min_size=1, max_size=4, unique=True))
    ]
    selected = {"namespace": "shop", "labelSelector": {"matchLabels": {"a": "b"}}}
    included: list[Node] = [{"namespace": each} for each in draw(_NAMESPACES)] or [selected]
    return [application(*included), application(name="other"), *hooks]


@seed(20261126)
@exactly_so
@given(manifests=_manifests())
def test_what_goes_to_the_rest_api_and_returns_is_the_same_but_for_what_was_reported(
    tmp_path_factory: pytest.TempPathFactory, *, manifests: list[Node]
) -> None:
    before = _through_a_file(manifests, tmp_path_factory.getbasetemp())
    resources, losses = import_hooks(before, before.sorted_hooks())
    returned, _ = export(read_resources(write_resources(resources).encode()))
    for manifest in returned:
        VALIDATOR.validate(manifest)
    after = _through_a_file(returned, tmp_path_factory.getbasetemp())

    lost: dict[str, set[str]] = {}
    for loss in losses:
        lost.setdefault(loss.resource, set()).add(loss.field)
    found = {each.name: each for each in after.hooks.values()}
    stay = {
        each.name: (each, lost.get(f"ExecHook shop/{each.name}", set())) for each in before.hooks.values()
    }
    stay = {name: (each, gone) for name, (each, gone) in stay.items() if "" not in gone}
    renamed = {name for name, (_, gone) in stay.items() if "metadata.name" in gone}
    assert renamed == {name for name in stay if len(name) > 63}
    assert len(found) == len(stay)
    for name in stay.keys() - renamed:
        _assert_the_same_hook(*stay[name], found[name])
        moved = "metadata.namespace" in lost.get(f"Application shop/{stay[name][0].application}", set())
        assert moved or found[name].namespace == "shop"


def _assert_the_same_hook(before: ExecHook, gone: set[str], after: ExecHook) -> None:
    for name in ("application", "action", "stage", "enabled", "arguments", "criteria"):
        assert getattr(after, name) == getattr(before, name)
    assert dict(after.labels) == dict(before.labels)
    assert base64.b64decode(after.source) == base64.b64decode(before.source)
    assert after.timeout == before.timeout or "spec.timeout" in gone
    kept = {name for name, _ in after.annotations if name not in OURS}
    reported = {field.removeprefix("the annotation ") for field in gone if field.startswith("the annotation")}
    assert {name for name, _ in before.annotations} - kept == reported


def test_each_loss_is_reported_and_no_value_is_in_it(tmp_path: Path) -> None:
    given = [
        application(
            {"namespace": "data", "labelSelector": {"matchLabels": {"a": "b"}}},
            resourceFilter={"resourceSelectionCriteria": "Exclude"},
        ),
        hook(
            ("podName", "db"),
            timeout=40,
            annotations={"last-applied": "SECRET"},
        ),
        hook(("podName", "("), name="bad", arguments=["a"] * 17),
        hook(name="lost", applicationRef="none"),
        hook(name="broken", hookSource="?"),
        hook(name="windows", hookSource=base64.b64encode(b"#!/bin/sh\r\n").decode()),
    ]
    cluster = read(tmp_path, *given)

    resources, losses = import_hooks(cluster, cluster.sorted_hooks())

    assert [each["name"] for each in resources.hooks] == ["freeze"]
    assert [str(loss) for loss in losses] == [
        "Application shop/app: metadata.namespace is none of its included namespaces",
        "Application shop/app: spec.includedNamespaces lose their label selectors",
        "Application shop/app: spec.resourceFilter has no place in the REST API",
        "ExecHook shop/bad: it is left out: arguments must have at most 16 items",
        "ExecHook shop/broken: it is left out: its script is not base64",
        "ExecHook shop/freeze: spec.timeout has no place in the REST API",
        "ExecHook shop/freeze: the annotation last-applied has no place in the REST API",
        "ExecHook shop/lost: it is left out: its Application is not there",
        "ExecHook shop/windows: it is left out: source contains a carriage return in line 1",
    ]


def test_equal_scripts_become_one_source_and_equal_names_two_hooks(tmp_path: Path) -> None:
    far = hook(name="freeze")
    far["metadata"]["namespace"] = "far"
    far_app = application({"namespace": "far"})
    far_app["metadata"]["namespace"] = "far"
    cluster = read(tmp_path, application(), far_app, hook(), far)

    resources, losses = import_hooks(cluster, cluster.sorted_hooks())

    assert len(resources.sources) == 1
    assert len({each["name"] for each in resources.hooks}) == len(resources.hooks) == 2
    assert [(loss.resource, loss.field) for loss in losses] == [("ExecHook shop/freeze", "metadata.name")]


def test_a_private_script_and_an_app_that_is_not_there_leave_a_hook_out() -> None:
    hooks = [
        {"name": "a", "action": "backup", "stage": "pre", "appID": "1", "hookSourceID": "private"},
        {"name": "b", "action": "backup", "stage": "pre", "appID": "2", "hookSourceID": "private"},
    ]
    resources = Resources([{"id": "1", "name": "app"}], [{"id": "private", "name": "s"}], hooks)

    manifests, losses = export(resources)

    assert [each["kind"] for each in manifests] == ["Application"]
    assert [str(loss) for loss in losses] == [
        "app app: namespaces are not known: default is included",
        "hook a: it is left out: its script is not there, or is private",
        "hook b: it is left out: its app is not there",
        "hook source s: it is left out: no hook that comes through has it",
    ]


def test_the_commands_go_there_and_back(run: Run, tmp_path: Path) -> None:
    given = written(application(), hook(("containerName", "^postgres$"), arguments=["--db", "a"]))

    there = run("exechook", "import", "-", stdin=given)
    (tmp_path / "resources.json").write_text(there.stdout)
    back = run("exechook", "export", "resources.json")
    as_json = run("exechook", "export", "-n", "far", "-o", "json", "resources.json")

    assert (there.returncode, there.stderr, back.returncode, back.stderr) == (0, "", 0, "")
    app, returned = yaml.safe_load_all(back.stdout)
    assert app["spec"] == {"includedNamespaces": [{"namespace": "shop"}]}
    assert returned["spec"]["arguments"] == ["--db", "a"]
    assert {each["metadata"]["namespace"] for each in json.loads(as_json.stdout)["items"]} == {"far"}


def test_a_hook_that_is_left_out_makes_the_status_1(run: Run) -> None:
    done = run("exechook", "import", "-", stdin=written(application(), hook(("podName", "("))))

    assert done.returncode == 1
    assert "is left out: matchingCriteria/0/value is not an RE2 pattern" in done.stderr
    assert json.loads(done.stdout)["executionHooks"] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("x", "this is not JSON"),
        ("[]", "the document must be an object"),
        ("{}", "apps is missing; hookSources is missing; executionHooks is missing"),
        (
            '{"apps":[{}],"hookSources":[],"executionHooks":[{"name":"a","action":"stop"}]}',
            "apps[0].id is missing; apps[0].name is missing; executionHooks[0].appID is missing",
        ),
    ],
)
def test_a_bad_file_of_resources_is_refused_with_the_place(run: Run, content: str, reason: str) -> None:
    done = run("exechook", "export", "-", stdin=content)

    assert done.returncode == 2
    assert refused(done).startswith(f"<stdin>: {reason}")


def test_the_identifiers_follow_from_the_manifests(tmp_path: Path) -> None:
    cluster = read(tmp_path, application(), hook())

    first, again = (import_hooks(cluster, cluster.sorted_hooks()) for _ in range(2))

    assert first == again
