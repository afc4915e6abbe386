"""``app import``: the known containers of an app, replaced completely or not at all."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from execution_hooks.store.directory import Directory
from fixtures.make_pod_list import pod_list
from harness.accounts import Account
from harness.commands import Done, Run, refused
from harness.inventories import DATABASE, import_containers
from harness.resources import create, read

UNKNOWN = "cf1b2a3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c"


def _pod(name: str, image: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 any JSON value
    metadata = {"name": name, "namespace": more.pop("namespace", "payroll"), "labels": {"app": "payroll"}}
    spec = {"containers": [{"name": "main", "image": image}], **more.pop("spec", {})}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec, **more}


def _list(*pods: dict[str, Any]) -> str:
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": pods})


def _imported(done: Done) -> tuple[str, str]:
    """The id and the counts that a successful import printed."""
    assert done.returncode == 0, done.stderr
    [app_id] = done.stdout.splitlines()
    [counts] = done.stderr.splitlines()
    return app_id, counts


def _waiting(pod: dict[str, Any]) -> dict[str, Any]:
    states = [{"name": "main", "state": {"waiting": {"reason": "ImagePullBackOff"}}}]
    return {**pod, "status": {"phase": "Pending", "containerStatuses": states}}


NO_IMAGE = {"containers": [{"name": "main"}]}
BAD = {
    "not JSON": ("{", "the JSON is cut off here; kubectl prints JSON with -o json"),
    "other kind": ('{"kind": "ServiceList"}', 'kind must be "List" or "PodList"'),
    "no name": (_list(_pod("a", "b"), _pod("", "b")), "items[1].metadata.name must be a string of 1 to"),
    "no image": (_list(_pod("a", "b", spec=NO_IMAGE)), "items[0].spec.containers[0].image is missing"),
}
"""Input that is no pod list, or an invalid one, and the error for each."""


def test_an_import_replaces_what_is_known_while_the_server_runs(
    administer: Run, http: httpx.Client, account: Account, tmp_path: Path
) -> None:
    hook = create(http, account.path, account.hook())
    command = ("admin", "app", "import", "--account", account.id, "--name", "payroll")
    (tmp_path / "pods.json").write_text(_list(_pod("db-0", "db:1"), _pod("db-1", "db:1")))

    first = _imported(administer(*command, str(tmp_path / "pods.json")))
    images = read(http, hook.path)["matchingImages"]
    second = _imported(administer(*command, "-", stdin=_list(_pod("web-0", "web:1", namespace="web"))))

    assert images == ["db:1"]
    assert read(http, hook.path)["matchingImages"] == ["web:1"]
    assert read(http, f"{account.apps_path}/{account.app_id}")["namespaces"] == ["web"]
    assert first[0] == second[0] == account.app_id
    assert first[1].startswith("payroll: 2 containers (none known before), 0 of them sidecars; pods: 2")
    assert second[1].startswith("payroll: 1 containers (2 before), 0 of them sidecars; pods: 1")


def test_what_is_left_out_is_counted(administer: Run, account: Account) -> None:
    spec = {
        "initContainers": [
            {"name": "prepare", "image": "i:1"},
            {"name": "proxy", "image": "i:2", "restartPolicy": "Always"},
        ],
        "ephemeralContainers": [{"name": "debug", "image": "i:3"}],
    }
    pods = _list(
        _pod("db-0", "db:1", spec=spec),
        _pod("done", "job:1", status={"phase": "Succeeded"}),
        _pod("other", "x:1", namespace="other"),
    )
    command = (
        "admin",
        "app",
        "import",
        "--account",
        account.id,
        "--name",
        "payroll",
        "--namespace",
        "payroll",
        "-",
    )

    _, counts = _imported(administer(*command, stdin=pods))

    assert counts == (
        "payroll: 2 containers (none known before), 1 of them sidecars; pods: 1; left out: "
        "1 completed pods, 1 pods of other namespaces, 1 init containers, 1 ephemeral containers"
    )


def test_terminated_containers_are_not_hit_and_waiting_ones_are_reported(
    administer: Run, http: httpx.Client, account: Account
) -> None:
    ended = [{"name": "job", "state": {"terminated": {"exitCode": 0}}}]
    spec = {"containers": [{"name": "main", "image": "db:1"}, {"name": "job", "image": "job:1"}]}
    pods = _list(
        _pod("db-0", "", spec=spec, status={"phase": "Running", "containerStatuses": ended}),
        _waiting(_pod("db-1", "db:2")),
    )

    _, counts = _imported(
        administer("admin", "app", "import", "--account", account.id, "--name", "payroll", "-", stdin=pods)
    )

    assert counts == (
        "payroll: 2 containers (none known before), 0 of them sidecars, 1 waiting; pods: 2; "
        "left out: 1 terminated containers"
    )
    hook = create(http, account.path, account.hook(name="All", matchingCriteria=[])).resource
    assert hook["matchingImages"] == ["db:1", "db:2"]
    explained = administer("admin", "explain", "--account", account.id, "All").stdout
    assert len([line for line in explained.splitlines() if "db-1" in line and "waiting" in line]) == 1
    assert len([line for line in explained.splitlines() if "db-0" in line and "waiting" in line]) == 0


def test_an_image_that_no_list_of_images_can_hold_is_imported_shown_and_counted(
    administer: Run, http: httpx.Client, account: Account
) -> None:
    image = f"registry.example/{'n' * 255}:{'t' * 128}"
    pods = _list(_pod("db-0", image), _pod("db-1", "db:1"), _pod("db-2", image))

    _, counts = _imported(
        administer("admin", "app", "import", "--account", account.id, "--name", "payroll", "-", stdin=pods)
    )

    assert counts.endswith("; 1 images of more than 255 characters, which matchingImages leaves out")
    hook = create(http, account.path, account.hook(name="All", matchingCriteria=[])).resource
    assert [each["containerImage"] for each in hook["matchingContainers"]] == [image, "db:1", image]
    assert hook["matchingImages"] == ["db:1"]
    explained = administer("admin", "explain", "--account", account.id, "All").stdout
    assert image in explained
    assert "matchingImages leaves out 1 image of more than 255 characters." in explained


NOTHING = {
    "an empty list": (_list(), (), "the list has no pods"),
    "an empty list as Go writes it": (
        '{"apiVersion": "v1", "kind": "PodList", "items": null}',
        (),
        "the list has no pods",
    ),
    "only what has completed": (
        _list(_pod("job", "job:1", status={"phase": "Succeeded"})),
        (),
        "no container is left to import (left out: 1 completed pods)",
    ),
    "a misspelt namespace": (
        _list(_pod("a", "a:1"), _pod("b", "b:1", namespace="shop")),
        ("payrol",),
        "no pod has the namespace 'payrol'; the namespaces of the list are 'payroll', 'shop'",
    ),
    "one misspelt namespace of two": (
        _list(_pod("a", "a:1"), _pod("b", "b:1", namespace="shop")),
        ("payroll", "shpo"),
        "no pod has the namespace 'shpo'; the namespaces of the list are 'payroll', 'shop'",
    ),
    "two misspelt namespaces": (
        _list(_pod("a", "a:1")),
        ("x", "payroll", "w"),
        "no pod has the namespaces 'w', 'x'; the namespaces of the list are 'payroll'",
    ),
    "a namespace of an empty list": (_list(), ("payroll",), "the list has no pods"),
    "a namespace of a large list": (
        _list(*(_pod("a", "a:1", namespace=f"team-{number:02}") for number in range(30))),
        ("team",),
        "no pod has the namespace 'team'; the namespaces of the list are "
        + ", ".join(f"'team-{number:02}'" for number in range(10))
        + " and 20 more",
    ),
}
"""Pod lists, the namespaces named, and why they do not replace the known containers."""


@pytest.mark.parametrize(("pods", "namespaces", "reason"), NOTHING.values(), ids=NOTHING)
def test_what_is_known_is_not_replaced_by_nothing_unless_that_is_meant(
    administer: Run,
    http: httpx.Client,
    account: Account,
    directory: Directory,
    pods: str,
    namespaces: tuple[str, ...],
    reason: str,
) -> None:
    import_containers(directory, account, [DATABASE])
    app = f"{account.apps_path}/{account.app_id}"
    before = read(http, app)
    named = [part for namespace in namespaces for part in ("--namespace", namespace)]
    command = ("admin", "app", "import", "--account", account.id, "--name", "payroll", "-", *named)

    done = administer(*command, stdin=pods)

    assert done.returncode == 1
    assert refused(done) == f"<stdin>: {reason}; nothing was replaced (give --allow-empty if that is meant)"
    assert read(http, app) == before
    _imported(administer(*command, "--allow-empty", stdin=pods))
    assert read(http, app) != before


def test_an_app_that_is_not_there_is_added(
    administer: Run, http: httpx.Client, account: Account, directory: Directory
) -> None:
    command = ("admin", "app", "import", "--account", account.id, "-", "--name")
    pods = _list(_pod("db-0", "db:1"))

    added, _ = _imported(administer(*command, "new", stdin=pods))
    again, _ = _imported(administer(*command, "new", stdin=pods))
    given, _ = _imported(administer(*command, "new", "--id", (chosen := directory.new_id()), stdin=pods))
    several = refused(administer(*command, "new", stdin=pods))

    assert added == again != account.app_id
    assert given == chosen
    assert {read(http, f"{account.apps_path}/{each}")["name"] for each in (added, given)} == {"new"}
    assert several == "several apps are called 'new'; name one by --id"


@pytest.mark.parametrize(
    ("pods", "place"),
    [
        ("{", "the JSON is cut off here; kubectl prints JSON with -o json"),
        ('{"kind": "ServiceList"}', 'kind must be "List" or "PodList"'),
        (
            _list(_pod("db-0", "db:1"), _pod("", "db:1")),
            "items[1].metadata.name must be a string of 1 to 253",
        ),
        (
            _list(_pod("a", "b", spec={"containers": [{"name": "x"}]})),
            "items[0].spec.containers[0].image is missing",
        ),
    ],
    ids=["not JSON", "other kind", "no name", "no image"],
)
def test_a_bad_file_is_refused_with_its_place_and_what_was_known_stays(
    administer: Run,
    http: httpx.Client,
    account: Account,
    directory: Directory,
    pods: str,
    place: str,
) -> None:
    import_containers(directory, account, [DATABASE])
    app = f"{account.apps_path}/{account.app_id}"
    before = read(http, app)

    error = refused(
        administer("admin", "app", "import", "--account", account.id, "--name", "payroll", "-", stdin=pods)
    )

    assert error.startswith(f"<stdin>: {place}")
    assert read(http, app) == before


def test_a_bad_file_adds_no_app(administer: Run, http: httpx.Client, account: Account) -> None:
    refused(administer("admin", "app", "import", "--account", account.id, "--name", "new", "-", stdin="[]"))

    assert len(http.get(account.apps_path).json()["items"]) == 1


def test_an_import_is_for_an_account_and_from_a_file_that_exist(run: Run) -> None:
    command = ("admin", "app", "import", "--account", UNKNOWN, "--name", "x")

    assert refused(run(*command, "-", stdin=_list(_pod("a", "b")))) == f"there is no account {UNKNOWN}"
    assert "No such file or directory" in refused(run(*command, "nowhere.json"))


def test_a_cluster_of_realistic_size_is_imported(
    administer: Run, http: httpx.Client, account: Account, tmp_path: Path
) -> None:
    (tmp_path / "pods.json").write_bytes(pod_list())
    known = ("admin", "app", "import", "--account", account.id, "--name", "payroll", "--namespace", "payroll")

    _imported(administer(*known, str(tmp_path / "pods.json")))

    hook = create(http, account.path, account.hook()).resource
    assert hook["matchingContainers"]
    assert {each["namespaceName"] for each in hook["matchingContainers"]} == {"payroll"}
