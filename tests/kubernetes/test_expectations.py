"""``exechook test``: whether hooks hit what a file expects them to hit."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
import yaml

from harness.commands import Run, printed, refused
from harness.manifests import EXPORTER, POSTGRES, Node, application, hook, pod, written

INIT = {"initContainers": [{"name": "wait", "image": "w"}]}
PODS = [
    pod("db-0", POSTGRES, EXPORTER, owner=("StatefulSet", "db"), spec=INIT),
    pod("db-1", POSTGRES, EXPORTER, owner=("StatefulSet", "db")),
    pod("far", namespace="far"),
]
FREEZE = hook(("containerName", "^postgres$"))

CHECKS: dict[str, tuple[dict[str, object], list[str]]] = {
    "all that must be": ({"hits": ["shop/db-*/postgres"], "misses": ["*/metrics"], "only": True}, []),
    "a miss": ({"hits": ["shop/db-0/*s"]}, ["hits shop/db-0/*s: it misses shop/db-0/metrics"]),
    "a hit": (
        {"misses": ["*/postgres"]},
        ["misses */postgres: it hits shop/db-0/postgres, shop/db-1/postgres"],
    ),
    "others": (
        {"hits": ["*/db-0/postgres"], "only": True},
        ["hits nothing else: it hits shop/db-1/postgres"],
    ),
    "nothing": ({"only": True}, ["hits nothing else: it hits shop/db-0/postgres, shop/db-1/postgres"]),
    "no such container": (
        {"hits": ["shop/web-*"]},
        ["hits shop/web-*: no container of the Application fits"],
    ),
    "one that is left out": (
        {"hits": ["*/wait"]},
        ["hits */wait: left out is shop/db-0/wait (init container)"],
    ),
    "a glob that nothing can break": ({"misses": ["*/mysql"]}, ["misses */mysql: no container fits"]),
    "far away": ({"misses": ["far/far/*"]}, []),
    "no such hook": ({"hook": "shop/other", "only": True}, ["is there: there is no such ExecHook"]),
    "no such Application": (
        {"hook": "shop/lost", "only": True},
        ["can be matched: there is no Application shop/none"],
    ),
}
"""What is expected of a hook, and what fails."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with manifests, which the command is run in."""
    (tmp_path / "deploy").mkdir()
    lost = hook(name="lost", applicationRef="none")
    (tmp_path / "deploy" / "cluster.json").write_text(written(application(), FREEZE, lost, *PODS))
    return tmp_path


def _expect(folder: Path, **expectation: object) -> str:
    document = {"manifests": ["cluster.json"], "expectations": [{"hook": "shop/freeze", **expectation}]}
    (folder / "deploy" / "expected.yaml").write_text(yaml.safe_dump(document))
    return "deploy/expected.yaml"


@pytest.mark.parametrize(("expectation", "failures"), CHECKS.values(), ids=CHECKS)
def test_what_does_not_hold_is_reported(
    run: Run, folder: Path, expectation: dict[str, object], failures: list[str]
) -> None:
    done = run("exechook", "test", _expect(folder, **expectation))

    named = f"FAILED {expectation.get('hook', 'shop/freeze')} "
    lines = done.stdout.splitlines()
    assert [line.removeprefix(named) for line in lines if line.startswith("FAILED")] == failures
    assert done.returncode == bool(failures)
    assert lines[-1].endswith(" expectations hold.")


def test_the_result_is_junit(run: Run, folder: Path) -> None:
    file = _expect(folder, hits=["*/db-0/postgres", "*/\u200b"], only=True)

    done = run("exechook", "test", "-o", "junit", file)

    suite = fromstring(done.stdout)  # noqa: S314 our own
    assert (suite.get("tests"), suite.get("failures"), done.returncode) == ("3", "2", 1)
    assert [case.get("name") for case in suite] == [
        "hits */db-0/postgres",
        "hits */\\u200b",
        "hits nothing else",
    ]
    assert [case.get("classname") for case in suite] == ["shop/freeze"] * 3
    assert [failure.get("message") for failure in suite.iter("failure")] == [
        "no container of the Application fits",
        "it hits shop/db-1/postgres",
    ]


RECORDED: dict[str, tuple[Node, dict[str, object]]] = {
    "a workload": (
        FREEZE,
        {"hits": ["shop/db-*/postgres"], "misses": ["shop/db-*/metrics"], "only": True},
    ),
    "one replica": (
        hook(("containerName", "^postgres$"), ("podName", "-0$")),
        {"hits": ["shop/db-0/postgres"], "misses": ["shop/db-*/metrics"], "only": True},
    ),
    "nothing": (hook(("containerName", "^mysql$")), {"hits": [], "only": True}),
    "all": (hook(), {"hits": ["shop/db-*/postgres", "shop/db-*/metrics"], "only": True}),
}


@pytest.mark.parametrize(("recorded", "expected"), RECORDED.values(), ids=RECORDED)
def test_what_is_hit_now_is_recorded_and_holds(
    run: Run, folder: Path, recorded: Node, expected: dict[str, object]
) -> None:
    (folder / "hooks.json").write_text(written(application(), recorded, *PODS))

    done = run("exechook", "test", "--record", "deploy/new.yaml", "hooks.json")

    assert printed(done) == "deploy/new.yaml: what 1 hooks hit"
    document = yaml.safe_load((folder / "deploy" / "new.yaml").read_text())
    assert document["manifests"] == ["../hooks.json"]
    assert document["expectations"] == [{"hook": "shop/freeze", **expected}]
    assert "FAILED" not in printed(run("exechook", "test", "deploy/new.yaml"))


def test_a_file_that_is_there_is_not_replaced(run: Run, folder: Path) -> None:
    file = _expect(folder, only=True)
    before = (folder / file).read_text()

    done = run("exechook", "test", "--record", file, "deploy/cluster.json")

    assert (done.returncode, refused(done)) == (1, f"{file} is there already, and is not replaced")
    assert (folder / file).read_text() == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("hello", "document 1, the document must be an object"),
        ("{}", "document 1, manifests is missing; expectations is missing"),
        ("a: [", "document 1, a[0]: this is not YAML: line 2, column 1"),
        (
            "manifests: [x]\nexpectations: [{hook: a, hits: [b], hit: [c]}]",
            "document 1, expectations[0].hit is not known",
        ),
        ("manifests: [x]\nexpectations: [{hook: a}]", "document 1, expectations[0] expects nothing"),
        ("manifests: [x]\nexpectations: [{hits: [b]}]", "document 1, expectations[0].hook is missing"),
        (
            "manifests: x\nexpectations: [{hook: a, hits: b}]",
            "document 1, manifests must be a list of strings; exp",
        ),
    ],
)
def test_a_bad_file_is_refused_with_the_place(run: Run, folder: Path, content: str, reason: str) -> None:
    (folder / "expected.yaml").write_text(content)

    done = run("exechook", "test", "expected.yaml")

    assert done.returncode == 2
    assert refused(done).startswith(f"expected.yaml: {reason}")


def test_manifests_that_are_not_there_are_named(run: Run, folder: Path) -> None:
    file = _expect(folder, only=True)
    (folder / "deploy" / "cluster.json").unlink()

    done = run("exechook", "test", file)

    assert done.returncode == 2
    assert refused(done) == "deploy/cluster.json: cannot be read: No such file or directory"
    assert "--record" in run("exechook", "test", file, "deploy").stderr
    assert "--record needs" in run("exechook", "test", "--record", "x.yaml").stderr
