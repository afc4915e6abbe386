"""Reading manifests: each resource of files, folders and standard input, with where it stands."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from execution_hooks.domain.violations import Path, Violation
from execution_hooks.kubernetes.json_values import JsonValue, described, path_text
from execution_hooks.kubernetes.manifests.documents import Document, Event, InvalidDocument, Item, parts
from execution_hooks.kubernetes.manifests.files import Text, UnreadableFile, files_of, opened, text_of


class InvalidManifests(ValueError):
    """What was given is not read: ``lines`` has one line for each bad file or document, with the place."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resource stands: the file, the document in it, counted from 1, and the path in that."""

    file: str
    document: int
    path: Path = ()

    def __str__(self) -> str:
        return f"{self.file}: document {self.document}, {path_text(self.path)}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A resource that is no list. ``group`` is that of its apiVersion, empty for the core's."""

    group: str
    kind: str
    value: JsonValue
    place: Place


Take = Callable[[Manifest], None]
"""Takes a manifest; its violations are added to those of its value."""


def read_manifests(paths: Iterable[str], take: Take) -> None:
    """Hand over each resource of the files and folders; ``-`` is standard input.

    Raises InvalidManifests once all that can be read was, so that what is wrong is named together.
    """
    lines: list[str] = []
    for file in _named(paths, lines):
        try:
            with opened(file) as text:
                lines += _read(text, take)
        except UnreadableFile as error:
            lines.append(str(error))
    if lines:
        raise InvalidManifests(lines)


def read_text(name: str, payload: bytes, take: Take) -> None:
    """Hand over each resource of a text. Raises InvalidManifests; ``name`` is what messages call it."""
    try:
        lines = list(_read(text_of(name, payload), take))
    except UnreadableFile as error:
        lines = [str(error)]
    if lines:
        raise InvalidManifests(lines)


def _named(paths: Iterable[str], lines: list[str]) -> Iterator[str]:
    for path in paths:
        try:
            yield from files_of([path])
        except UnreadableFile as error:
            lines.append(str(error))


def _read(text: Text, take: Take) -> Iterator[str]:
    """Hand over the resources of one file, and yield a line for each document that is bad."""
    reader = _Reader(text.name, take)
    try:
        for part in parts(events_of(text)):
            if isinstance(part, Item):
                reader.item(part)
            else:
                yield from reader.document(part)
    except InvalidDocument as error:
        yield f"{text.name}: {error}"
    else:
        if not reader.resources:
            yield f"{text.name}: there is no manifest in it"


def events_of(text: Text) -> Iterator[Event]:
    """Parse a text. Raises UnreadableFile for YAML that is too large; the events raise InvalidSyntax."""
    # Each here, since its library is loaded for its format alone.
    if text.format == "json":
        from execution_hooks.kubernetes.manifests.json_events import json_events

        return json_events(text.stream)
    from execution_hooks.kubernetes.manifests.yaml_events import yaml_events

    return yaml_events(text.whole())


class _Reader:
    """Hands over the resources of one file; ``resources`` counts them, lists among them."""

    def __init__(self, file: str, take: Take) -> None:
        self.resources = 0
        self._file, self._take = file, take
        self._violations: list[Violation] = []
        self._nameless: list[Item] = []
        self._items = 0

    def item(self, item: Item) -> None:
        """Hand over an item of a list, or keep it if only the list's own kind can tell what it is."""
        self._items += 1
        if isinstance(item.value, dict) and item.value.get("kind") is None:
            self._nameless.append(item)
        else:
            self._one(item)

    def document(self, document: Document) -> Iterator[str]:
        """Hand over a document, or end the list that it is; yield a line if it is bad."""
        value = JsonValue(document.value, (), self._violations)
        if document.value is None and not self._items:
            return  # between two marks of YAML there may be nothing
        if _is_resource(value):
            if str(document.value["kind"]).endswith("List") and "items" in document.value:
                self._end_list(value)
            elif self._items or "items" in document.value:
                value["items"].report("belongs to lists alone")
            else:
                self._hand_over(value, document.number)
        self.resources += 1
        if self._violations:
            yield f"{self._file}: document {document.number}, {described(self._violations)}"
        self._violations, self._nameless, self._items = [], [], 0

    def _end_list(self, value: JsonValue) -> None:
        if not isinstance(value.value["items"], list | None):
            value["items"].report("must be a list")
        about = value["metadata"]
        if about.is_object(optional=True) and about.value and about["continue"].optional_text():
            about["continue"].report("says that the list goes on: it must be whole")
        kind, version = str(value.value["kind"]).removesuffix("List"), value.value["apiVersion"]
        for item in self._nameless:
            item.value.update({"kind": kind, "apiVersion": version} if kind else {})
            self._one(item)

    def _one(self, item: Item) -> None:
        value = JsonValue(item.value, ("items", item.index), self._violations)
        if _is_resource(value):
            if str(item.value["kind"]).endswith("List"):
                value.report("is a list in a list, which is not read")
            else:
                self._hand_over(value, item.document)

    def _hand_over(self, value: JsonValue, document: int) -> None:
        group, slash, _ = str(value.value["apiVersion"]).rpartition("/")
        place = Place(self._file, document, value.path)
        self._take(Manifest(group if slash else "", value.value["kind"], value, place))


def _is_resource(value: JsonValue) -> bool:
    if not isinstance(value.value, dict):
        value.report("is no manifest: it must be an object with kind and apiVersion")
        return False
    return bool(value["kind"].text(longest=_LONGEST)) and bool(value["apiVersion"].text())


_LONGEST = 253
"""Characters of a kind."""
