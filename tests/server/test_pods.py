"""Pod lists, as kubectl prints them, are read for the containers that hooks can hit."""

import json
from collections.abc import Callable, Collection
from copy import deepcopy
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from execution_hooks.kubernetes.manifests.files import UnreadableFile, opened
from execution_hooks.kubernetes.pods import InvalidPods, PodReading, read_pods
from execution_hooks.matching.containers import Container
from execution_hooks.matching.criteria import Criterion
from execution_hooks.matching.inventory import Containers
from fixtures.make_pod_list import pod_list

exactly_so = settings(derandomize=True, database=None, deadline=None, max_examples=300)

Node = dict[str, Any]
LEFT_OUT = ("elsewhere", "completed", "sidecars", "terminated", "init_containers", "ephemeral_containers")

POD: Node = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "db-0", "namespace": "payroll", "labels": {"b/tier": "", "app": "payroll"}},
    "spec": {"containers": [{"name": "postgres", "image": "postgres:16.4"}]},
    "status": {"phase": "Running"},
}


def _written(*pods: Node, **members: object) -> bytes:
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": pods, **members}).encode()


def _pod(**changes: Any) -> Node:  # noqa: ANN401 whatever JSON holds
    """The pod, with members of its ``metadata`` or ``spec`` changed, or others of its own."""
    pod = deepcopy(POD)
    for name, value in changes.items():
        where = next(
            (pod[part] for part in ("metadata", "spec") if name in {**pod[part], **OPTIONAL[part]}), pod
        )
        where[name] = value
    return pod


OPTIONAL: Node = {"metadata": {}, "spec": {"initContainers": [], "ephemeralContainers": []}}


def _read(payload: bytes, namespaces: Collection[str] = ()) -> PodReading:
    with NamedTemporaryFile() as file:
        file.write(payload)
        file.flush()
        with opened(file.name) as text:
            return read_pods(text.stream, namespaces)


def _error_of(payload: bytes) -> str:
    with pytest.raises((InvalidPods, UnreadableFile)) as caught:
        _read(payload)
    return str(caught.value)


@pytest.fixture(scope="session")
def cluster() -> bytes:
    """What kubectl prints for a cluster of realistic size."""
    return pod_list()


def test_a_pod_is_read() -> None:
    expected = Container("payroll", "db-0", (("app", "payroll"), ("b/tier", "")), "postgres", "postgres:16.4")

    assert _read(_written(_pod())) == PodReading(
        (expected,), frozenset({"payroll"}), pods=1, **dict.fromkeys(LEFT_OUT, 0)
    )


def test_a_list_of_the_api_is_read_though_its_items_have_no_kind() -> None:
    pod = _pod()
    del pod["kind"], pod["apiVersion"]

    assert _read(_written(pod, kind="PodList", metadata={"resourceVersion": "7"})).pods == 1


def test_an_empty_list_is_read() -> None:
    nothing = PodReading((), frozenset(), pods=0, **dict.fromkeys(LEFT_OUT, 0))

    assert _read(_written()) == nothing
    assert _read(_written(items=None)) == nothing, "as Go writes an empty list"


def test_what_is_optional_may_be_left_out_or_null() -> None:
    for labels, phase in (({}, {}), ({"labels": None}, {"phase": None})):
        metadata = {"name": "db-0", "namespace": "payroll", **labels}
        pod = {**POD, "metadata": metadata, "status": phase}
        assert _read(_written(pod)).containers[0].pod_labels == ()
    assert _read(_written(_pod(status=None, initContainers=None, ephemeralContainers=None))).pods == 1


@pytest.mark.parametrize("phase", ["Succeeded", "Failed"])
def test_a_pod_that_has_completed_is_left_out(phase: str) -> None:
    reading = _read(_written(_pod(status={"phase": phase}), _pod(name="db-1")))

    assert [container.pod_name for container in reading.containers] == ["db-1"]
    assert (reading.pods, reading.completed) == (1, 1)


def test_init_containers_count_only_if_they_keep_running_and_ephemeral_ones_never() -> None:
    init = [
        {"name": "proxy", "image": "envoy", "restartPolicy": "Always"},
        {"name": "migrate", "image": "api"},
        {"name": "wait", "image": "busybox", "restartPolicy": "OnFailure"},
    ]

    reading = _read(_written(_pod(initContainers=init, ephemeralContainers=[{"name": "debugger"}])))

    assert [container.container_name for container in reading.containers] == ["proxy", "postgres"]
    assert (reading.sidecars, reading.init_containers, reading.ephemeral_containers) == (1, 2, 1)


def _statuses(**states: object) -> list[Node]:
    return [{"name": name, "state": state} for name, state in states.items()]


def test_a_container_that_has_terminated_is_left_out_and_one_that_waits_is_marked() -> None:
    containers = [{"name": name, "image": "i"} for name in ("runs", "waits", "ended", "new")]
    sidecars = [
        {"name": name, "image": "i", "restartPolicy": "Always"} for name in ("proxy", "crashes", "gone")
    ]
    status = {
        "phase": "Running",
        "containerStatuses": _statuses(
            ended={"terminated": {"exitCode": 0}},
            waits={"waiting": {"reason": "CrashLoopBackOff"}},
            runs={"running": {"startedAt": "2026-03-01T06:00:00Z"}},
        ),
        "initContainerStatuses": _statuses(
            gone={"terminated": {"exitCode": 1}}, crashes={"waiting": {}}, proxy={"running": None}
        ),
    }

    reading = _read(_written(_pod(containers=containers, initContainers=sidecars, status=status)))

    assert [(container.container_name, container.waiting) for container in reading.containers] == [
        *(("proxy", False), ("crashes", True), ("runs", False), ("waits", True), ("new", False))
    ]
    assert (reading.sidecars, reading.init_containers, reading.terminated) == (2, 0, 2)


def test_states_of_a_container_are_those_of_its_own_kind() -> None:
    """An ordinary container and a sidecar have their states in two lists, each by name."""
    status = {"initContainerStatuses": _statuses(postgres={"terminated": {}})}

    assert len(_read(_written(_pod(status=status))).containers) == 1


@pytest.mark.parametrize(
    ("status", "waiting"),
    [
        ({"phase": "Pending"}, True),
        ({"phase": "Pending", "containerStatuses": None}, True),
        ({"phase": "Pending", "containerStatuses": _statuses(postgres={"running": {}})}, False),
        ({"phase": "Running", "containerStatuses": [{"name": "postgres"}]}, False),
        ({"phase": "Running", "containerStatuses": _statuses(postgres=None)}, False),
        ({"phase": "Unknown"}, False),
        ({}, False),
    ],
)
def test_what_has_no_state_waits_if_its_pod_is_pending(status: Node, waiting: bool) -> None:  # noqa: FBT001
    [container] = _read(_written(_pod(status=status))).containers

    assert container.waiting is waiting


def test_every_namespace_of_the_list_is_named() -> None:
    pods = [_pod(namespace=namespace) for namespace in ("payroll", "shop", "jobs")]
    pods[2]["status"]["phase"] = "Failed"

    assert _read(_written(*pods), ["shop"]).namespaces == {"payroll", "shop", "jobs"}


def test_pods_of_other_namespaces_are_left_out_if_some_are_given() -> None:
    pods = [_pod(namespace=namespace) for namespace in ("payroll", "shop", "kube-system")]
    pods[2]["status"]["phase"] = "Succeeded"

    reading = _read(_written(*pods), {"shop", "web"})

    assert [container.namespace_name for container in reading.containers] == ["shop"]
    assert (reading.pods, reading.elsewhere, reading.completed) == (1, 2, 0)


def test_containers_are_sorted_by_namespace_and_pod_and_stay_in_order_within_a_pod() -> None:
    two = [{"name": "z", "image": "z"}, {"name": "a", "image": "a"}]
    pods = [_pod(namespace="b"), _pod(namespace="a", name="b", containers=two), _pod(namespace="a", name="a")]

    found = _read(_written(*pods)).containers

    assert [(c.namespace_name, c.pod_name, c.container_name) for c in found] == [
        ("a", "a", "postgres"),
        ("a", "b", "z"),
        ("a", "b", "a"),
        ("b", "db-0", "postgres"),
    ]


def test_a_cluster_of_realistic_size_is_read(cluster: bytes) -> None:
    pods = json.loads(cluster)["items"]
    left = [pod for pod in pods if pod["status"]["phase"] not in {"Succeeded", "Failed"}]
    started = [container for pod in left for container in pod["spec"].get("initContainers", ())]
    sidecars = [container for container in started if container.get("restartPolicy") == "Always"]

    reading = _read(cluster)

    assert (len(pods), reading.pods, reading.completed) == (308, len(left), len(pods) - len(left))
    assert len(reading.containers) == sum(len(pod["spec"]["containers"]) for pod in left) + len(sidecars)
    assert (reading.sidecars, reading.init_containers) == (len(sidecars), len(started) - len(sidecars))
    assert min(reading.completed, reading.sidecars, reading.ephemeral_containers) > 0
    criteria = [
        Criterion("containerImage", r"/postgres:16\."),
        Criterion("podLabel", "^.*/component=database$"),
    ]
    hit = [reading.containers[position] for position in Containers(reading.containers).matching(criteria)]
    assert len(hit) == 8 * 3
    assert {container.container_name for container in hit} == {"postgres"}


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: "\ufeff".encode("utf-16-be") + text.encode("utf-16-be"),
        lambda text: text.replace(",", ",\r\n").encode(),
    ],
    ids=["UTF-8 with a mark", "UTF-16, little", "UTF-16, big", "CRLF"],
)
def test_output_redirected_by_any_shell_is_read(encode: Callable[[str], bytes]) -> None:
    assert _read(encode(_written(_pod()).decode())).pods == 1


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b"", "the JSON is cut off here; kubectl prints JSON with -o json"),
        (b"NAME READY\ndb-0 1/1\n", "this is not JSON: lexical error"),
        (b"apiVersion: v1\nitems:\n", "kubectl prints JSON with -o json"),
        (b'{"kind":\n "List",}', "kind: this is not JSON: parse error: invalid object key"),
        (b'{"kind": NaN}', "kind: this is not JSON: lexical error"),
        (b"[" * 100_000, "nested deeper than 64"),
        (b"\xff\xfe[\x00\x00\xd8", "this is no text in UTF-16, though it begins so"),
        (b'{"kind": "\xff"}', "kind: this is not JSON: lexical error: invalid bytes in UTF8 string"),
        (b"[]", "the document must be an object"),
        (b"null", "the document must be an object"),
        (
            _written(_pod(name=10**500)),
            "items[0].metadata.name: this is not JSON: parse error: integer overflow",
        ),
        (_written() * 2, "another document follows it"),
        (_written()[:-1], "the JSON is cut off here"),
        (b"{}", "kind is missing"),
        (b'{"kind": "Pod"}', 'kind must be "List" or "PodList"'),
        (b'{"kind": ["List"]}', 'kind must be "List" or "PodList"'),
        (b'{"kind": "List"}', "apiVersion is missing; items is missing"),
        (_written(apiVersion="apps/v1"), 'apiVersion must be "v1"'),
        (_written(items={}), "items must be a list"),
        (
            _written(kind="PodList", metadata={"continue": "eyJ2"}),
            "metadata.continue says that the list goes on",
        ),
        (
            b'{"kind": "List", "kind": "List", "apiVersion": "v1", "items": []}',
            "kind: the member 'kind' is named twice",
        ),
    ],
)
def test_an_invalid_pod_list_is_refused(payload: bytes, expected: str) -> None:
    assert expected in _error_of(payload)


TOO_LONG = "must be a string of 1 to 253 characters"
IMAGE = "must be a string of at least 1 character"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "Service"}, 'items[1].kind must be "Pod"'),
        ({"kind": None, "apiVersion": None}, "items[1].apiVersion is missing; items[1].kind is missing"),
        ({"apiVersion": 1}, 'items[1].apiVersion must be "v1"'),
        ({"metadata": []}, "items[1].metadata must be an object"),
        ({"name": None}, "items[1].metadata.name is missing"),
        ({"name": ""}, f"items[1].metadata.name {TOO_LONG}"),
        ({"namespace": "n" * 254}, f"items[1].metadata.namespace {TOO_LONG}"),
        ({"namespace": "a\0b"}, "items[1].metadata.namespace must not contain NUL"),
        ({"labels": []}, "items[1].metadata.labels must be an object"),
        ({"labels": {"app": 1}}, "items[1].metadata.labels.app must be a string of 0 to 63 characters"),
        ({"labels": {"": ""}}, 'items[1].metadata.labels[""] must be a string of 1 to 317 characters'),
        ({"labels": {"a/\x1b\0": ""}}, 'items[1].metadata.labels["a/\\u001b\\u0000"] must not contain NUL'),
        ({"labels": {"a/b": "\0"}}, 'items[1].metadata.labels["a/b"] must not contain NUL'),
        ({"status": 1}, "items[1].status must be an object"),
        ({"status": {"phase": 1}}, "items[1].status.phase must be a string"),
        ({"spec": None}, "items[1].spec is missing"),
        ({"spec": "x"}, "items[1].spec must be an object"),
        ({"containers": None}, "items[1].spec.containers is missing"),
        ({"containers": {}}, "items[1].spec.containers must be a list"),
        ({"containers": [[]]}, "items[1].spec.containers[0] must be an object"),
        ({"containers": [{"image": "i"}]}, "items[1].spec.containers[0].name is missing"),
        ({"containers": [{"name": "c"}]}, "items[1].spec.containers[0].image is missing"),
        (
            {"containers": [{"name": "c", "image": ""}, {"name": "d", "image": ["i"]}]},
            f"items[1].spec.containers[0].image {IMAGE}; items[1].spec.containers[1].image {IMAGE}",
        ),
        ({"status": {"containerStatuses": {}}}, "items[1].status.containerStatuses must be a list"),
        (
            {"status": {"initContainerStatuses": [{"name": 1}]}},
            "items[1].status.initContainerStatuses[0].name must be a string",
        ),
        (
            {"status": {"containerStatuses": [{"name": "postgres", "state": "running"}]}},
            "items[1].status.containerStatuses[0].state must be an object",
        ),
        ({"initContainers": {}}, "items[1].spec.initContainers must be a list"),
        (
            {"initContainers": [{"restartPolicy": True}]},
            "items[1].spec.initContainers[0].restartPolicy must be a string",
        ),
        ({"ephemeralContainers": [7]}, "items[1].spec.ephemeralContainers[0] must be an object"),
        (
            {"name": "db-0"},
            "items[1].spec.containers[0] has the namespace, pod and name of items[0].spec.containers[0]",
        ),
    ],
)
def test_an_invalid_field_is_named_by_its_path(changes: Node, expected: str) -> None:
    assert _error_of(_written(_pod(), _pod(**{"name": "db-1"} | changes))) == expected


def test_a_container_may_be_named_like_one_of_another_pod_or_namespace() -> None:
    pods = [_pod(), _pod(name="db-1"), _pod(namespace="shop")]

    assert len(_read(_written(*pods)).containers) == 3


def test_names_may_be_as_long_as_they_get() -> None:
    labels = {"p" * 253 + "/" + "n" * 63: "v" * 63}
    image = f"{'n' * 255}:{'t' * 128}@sha512:{'0' * 128}"
    longest = _pod(name="n" * 253, labels=labels, containers=[{"name": "c", "image": image}])

    [container] = _read(_written(longest)).containers
    assert container.container_image == image


def test_of_many_errors_the_first_ten_are_named() -> None:
    pods = (_pod(name=f"db-{number}", containers=None) for number in range(13))
    errors = _error_of(_written(*pods)).split("; ")
    assert errors[0] == "items[0].spec.containers is missing"
    assert errors[9:] == ["items[9].spec.containers is missing", "and 3 more"]


def test_a_pod_that_is_left_out_may_have_errors_where_it_is_not_read() -> None:
    pods = [
        _pod(containers=None, namespace="shop"),
        _pod(containers=None, status={"phase": "Failed"}),
        _pod(),
    ]

    assert _read(_written(*pods), ["payroll"]).pods == 1


class _Endless:
    """A stream of a list that goes on until its reader has seen some pods."""

    def __init__(self, enough: int) -> None:
        self.enough, self.seen, self._sent = enough, 0, 0

    def read(self, size: int) -> bytes:
        if size == 0:
            return b""
        self._sent += 1
        if self._sent == 1:
            return b'{"kind": "List", "apiVersion": "v1", "items": [' + json.dumps(_pod()).encode()
        if self._sent < 0:
            return b""
        if self.seen < self.enough:
            return b"," + json.dumps(_pod(name=f"db-{self._sent}")).encode()
        self._sent = -10
        return b"]}"

    def hear(self, count: int) -> None:
        self.seen = count


def test_pods_are_read_while_the_rest_of_the_list_is_not_there_yet() -> None:
    stream = _Endless(enough=1000)

    assert 1000 <= read_pods(stream, seen=stream.hear).pods < 1010


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just("Always"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children: list[tuple[str | int, object]] = []
    match value:
        case dict():
            children = list(value.items())
        case list():
            children = list(enumerate(value))
    return [path, *(deeper for name, child in children for deeper in _paths(child, (*path, name)))]


def _replaced(document: Any, path: tuple[str | int, ...], value: object) -> Any:  # noqa: ANN401 any JSON value
    if not path:
        return value
    document[path[0]] = _replaced(document[path[0]], path[1:], value)
    return document


SIDECAR = {"name": "proxy", "image": "envoy", "restartPolicy": "Always"}
WHOLE = {
    "apiVersion": "v1",
    "kind": "List",
    "metadata": {"continue": ""},
    "items": [
        _pod(
            initContainers=[SIDECAR],
            ephemeralContainers=[{}],
            status={
                "phase": "Running",
                "containerStatuses": _statuses(postgres={"waiting": {"reason": "CrashLoopBackOff"}}),
                "initContainerStatuses": _statuses(proxy={"running": {}}),
            },
        ),
        _pod(name="db-1"),
    ],
}


@exactly_so
@given(path=st.sampled_from(_paths(WHOLE)), value=VALUES)
def test_any_value_anywhere_in_a_list_is_read_or_refused(path: tuple[str | int, ...], value: object) -> None:
    try:
        reading = _read(json.dumps(_replaced(deepcopy(WHOLE), path, value)).encode())
    except InvalidPods as error:
        assert 0 < len(str(error)) < 2000  # noqa: PT017 the message is what is tested
    else:
        texts = [
            text for c in reading.containers for text in (c.namespace_name, c.pod_name, c.container_image)
        ]
        assert "" not in texts
        assert {type(text) for text in texts} <= {str}


@exactly_so
@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda tail: b"\xff\xfe" + tail))
def test_any_bytes_are_refused_without_a_traceback(payload: bytes) -> None:
    with pytest.raises((InvalidPods, UnreadableFile)):
        _read(payload)
