"""Pod lists: what ``kubectl get pods -A -o json`` prints, read for the containers that a hook can hit."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, fields

from execution_hooks.domain.violations import Path, Violation
from execution_hooks.kubernetes.json_values import JsonValue, described, path_text
from execution_hooks.kubernetes.manifests.documents import Document, InvalidDocument, Item, parts
from execution_hooks.kubernetes.manifests.files import Readable
from execution_hooks.kubernetes.manifests.json_events import json_events
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


def read_pods(
    stream: Readable, namespaces: Collection[str] = (), seen: Callable[[int], None] = lambda _: None
) -> PodReading:
    """Read a List of Pods or a PodList in JSON: the pods of some namespaces, by default of all.

    The text is in UTF-8. It is read pod by pod, and ``seen`` gets their number after each. A pod that is
    left out is read only as far as needed for that. Raises InvalidPods, and what the stream raises.
    """
    reader = _Reader(namespaces)
    try:
        containers = list(reader.read(parts(json_events(stream)), seen))
    except InvalidDocument as error:
        reason = str(error).removeprefix("document 1, ").removeprefix("the document: ")
        raise InvalidPods(f"{reason}; kubectl prints JSON with -o json") from None
    if reader.violations:
        raise InvalidPods(described(reader.violations))
    containers.sort(key=lambda container: (container.namespace_name, container.pod_name))
    _, _, *counts = (field.name for field in fields(PodReading))
    return PodReading(
        tuple(containers), frozenset(reader.namespaces), *(reader.counts[name] for name in counts)
    )


class _Reader:
    """Reads one pod list, and collects its violations, counts and namespaces.

    ``unnamed`` are the missing apiVersion and kind of items, which only those of a PodList may lack: the kind
    of the list often stands behind its items.
    """

    def __init__(self, wanted: Collection[str]) -> None:
        self.violations: list[Violation] = []
        self.counts: Counter[str] = Counter()
        self.namespaces: set[str] = set()
        self._unnamed: list[JsonValue] = []
        self._wanted = wanted
        self._paths: dict[tuple[str, str, str], Path] = {}

    def read(self, found: Iterable[Item | Document], seen: Callable[[int], None]) -> Iterator[Container]:
        documents = 0
        for part in found:
            if isinstance(part, Item) and part.document == 1:
                yield from self._item(JsonValue(part.value, ("items", part.index), self.violations))
                seen(part.index + 1)
            elif isinstance(part, Document) and part.number == 1:
                documents = 1
                self._check(JsonValue(part.value, (), self.violations))
            else:
                raise InvalidDocument(1, (), "another document follows it")
        if not documents:
            raise InvalidDocument(1, (), "this is not JSON: there is nothing in it")

    def _item(self, item: JsonValue) -> Iterator[Container]:
        if not item.is_object():
            return
        for name, expected in (("apiVersion", "v1"), ("kind", "Pod")):
            if item[name].value is None:
                self._unnamed.append(item[name])
            elif not item[name].must_be(expected) and name == "kind":
                return
        if item["metadata"].is_object():
            yield from self._pod(item)

    def _check(self, document: JsonValue) -> None:
        """Check all of the list but its items."""
        if not document.is_object() or not document["kind"].must_be("List", "PodList"):
            return
        document["apiVersion"].must_be("v1")
        about = document["metadata"]
        if about.is_object(optional=True) and about["continue"].optional_text():
            about["continue"].report("says that the list goes on: it must be whole")
        if not isinstance(document["items"].value, list):
            for _ in document["items"].objects(optional="items" in document.value):  # null is Go's empty list
                pass
        if document.value["kind"] == "List":
            for each in self._unnamed:
                each.must_be("v1" if each.path[-1] == "apiVersion" else "Pod")

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
