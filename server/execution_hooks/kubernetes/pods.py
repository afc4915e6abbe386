"""Pod lists: what ``kubectl get pods -A -o json`` prints, read for the containers that a hook can hit."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields

from execution_hooks.contract.strict_json import InvalidJson, Parsed, parse
from execution_hooks.domain.violations import Path, Violation
from execution_hooks.kubernetes.json_values import JsonValue, described, path_text
from execution_hooks.kubernetes.pod import LONGEST_NAME, Ended, PodContainer, read_containers
from execution_hooks.kubernetes.pod_status import PodStatus
from execution_hooks.matching.containers import Container

_COUNTED: dict[Ended, str] = {
    "init container": "init_containers",
    "ephemeral container": "ephemeral_containers",
    "terminated": "terminated",
}
"""Where containers that are left out are counted."""


class InvalidPods(ValueError):
    """The bytes are no pod list, or one with violations. The message names the paths of the first ten."""


@dataclass(frozen=True, slots=True)
class PodReading:
    """The containers of a pod list, sorted by namespace and pod, in a pod as they start; and counts.

    ``namespaces`` are those of all pods of the list. ``pods`` counts the pods taken, ``elsewhere`` and
    ``completed`` those left out for their namespace or their phase; what is in these is not counted.
    ``sidecars`` are init containers that keep running: they are among ``containers``. Other init
    containers, ephemeral ones and those that have ``terminated`` are left out.
    """

    containers: tuple[Container, ...]
    namespaces: frozenset[str]
    pods: int
    elsewhere: int
    completed: int
    sidecars: int
    terminated: int
    init_containers: int
    ephemeral_containers: int


def read_pods(payload: bytes, namespaces: Collection[str] = ()) -> PodReading:
    """Read a List of Pods or a PodList in JSON: the pods of some namespaces, by default of all.

    The text is in UTF-8, or in UTF-16 with a byte order mark, as some shells redirect it. A pod that
    is left out is read only as far as needed for that. Raises InvalidPods and nothing else.
    """
    parsed = _parsed(payload)
    reader = _Reader(namespaces, list(parsed.violations))
    containers = list(reader.read(JsonValue(parsed.value, (), reader.violations)))
    if reader.violations:
        raise InvalidPods(described(reader.violations))
    containers.sort(key=lambda container: (container.namespace_name, container.pod_name))
    _, _, *counts = (field.name for field in fields(PodReading))
    return PodReading(
        tuple(containers), frozenset(reader.namespaces), *(reader.counts[name] for name in counts)
    )


def _parsed(payload: bytes) -> Parsed:
    try:
        if payload.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            payload = payload.decode("utf-16").encode()
        return parse(payload.removeprefix(BOM_UTF8))
    except (InvalidJson, UnicodeError) as error:
        raise InvalidPods(f"this is not JSON in UTF-8: {error}; kubectl prints JSON with -o json") from None


class _Reader:
    """Reads one pod list, and collects its violations, counts and namespaces."""

    def __init__(self, wanted: Collection[str], violations: list[Violation]) -> None:
        self.violations = violations
        self.counts: Counter[str] = Counter()
        self.namespaces: set[str] = set()
        self._wanted = wanted
        self._paths: dict[tuple[str, str, str], Path] = {}

    def read(self, document: JsonValue) -> Iterator[Container]:
        if not document.is_object() or not document["kind"].must_be("List", "PodList"):
            return
        document["apiVersion"].must_be("v1")
        about = document["metadata"]
        if about.is_object(optional=True) and about["continue"].optional_text():
            about["continue"].report("says that the list goes on: it must be whole")
        absent_too = (None,) if document.value["kind"] == "PodList" else ()
        written_by_go = "items" in document.value  # null is how its encoder writes an empty list
        for item in document["items"].objects(optional=written_by_go):
            item["apiVersion"].must_be("v1", *absent_too)
            if item["kind"].must_be("Pod", *absent_too) and item["metadata"].is_object():
                yield from self._pod(item)

    def _pod(self, pod: JsonValue) -> Iterator[Container]:
        namespace = pod["metadata"]["namespace"].text(longest=LONGEST_NAME)
        name = pod["metadata"]["name"].text(longest=LONGEST_NAME)
        status = PodStatus.read(pod["status"])
        self.namespaces.add(namespace)
        if self._wanted and namespace not in self._wanted:
            self.counts["elsewhere"] += 1
        elif status.completed:
            self.counts["completed"] += 1
        elif pod["spec"].is_object():
            self.counts["pods"] += 1
            for value, found in read_containers(pod, namespace, name, status):
                if self._stays(value, found):
                    yield found.container

    def _stays(self, value: JsonValue, found: PodContainer) -> bool:
        """Count a container, and return whether it is taken."""
        if found.left_out in {None, "terminated"}:
            self._note(value, found.container)
        if found.left_out:
            self.counts[_COUNTED[found.left_out]] += 1
            return False
        self.counts["sidecars"] += found.sidecar
        return True

    def _note(self, value: JsonValue, container: Container) -> None:
        key = (container.namespace_name, container.pod_name, container.container_name)
        first = self._paths.setdefault(key, value.path)
        if first is not value.path and all(key):
            value.report(f"has the namespace, pod and name of {path_text(first)}")
