"""Expectations, and the file that has them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from execution_hooks.domain.violations import Violation
from execution_hooks.kubernetes.json_values import JsonValue, described
from execution_hooks.kubernetes.manifests.documents import Document, InvalidDocument, Item, parts
from execution_hooks.kubernetes.manifests.files import UnreadableFile, opened
from execution_hooks.kubernetes.manifests.reading import InvalidManifests, events_of


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a hook, ``namespace/name``, must hit and must not.

    ``hits`` and ``misses`` are globs of ``namespace/pod/container``. With ``only``, it must hit nothing that
    fits none of ``hits``.
    """

    hook: str
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    only: bool = False


@dataclass(frozen=True, slots=True)
class Expectations:
    """A file of expectations; ``manifests`` are paths from the folder that the file is in."""

    manifests: tuple[str, ...]
    expectations: tuple[Expectation, ...]

    def paths(self, file: str) -> list[str]:
        """Return the paths of the manifests, for the file at a path."""
        return [str(Path(file).parent / path) for path in self.manifests]


def read_expectations(file: str) -> Expectations:
    """Read a file of expectations, in YAML or JSON. Raises InvalidManifests."""
    violations: list[Violation] = []
    try:
        with opened(file) as text:
            read = list(parts(events_of(text)))
    except (UnreadableFile, InvalidDocument) as error:
        name = "" if isinstance(error, UnreadableFile) else f"{file}: "
        raise InvalidManifests([f"{name}{error}"]) from None
    found = _read(JsonValue(_only_document(read), (), violations))
    if violations:
        raise InvalidManifests([f"{file}: document 1, {described(violations)}"])
    return found


def _only_document(read: Sequence[Item | Document]) -> object:
    documents = [part.value for part in read if isinstance(part, Document) and part.value is not None]
    return documents[0] if len(documents) == 1 else None


def _read(document: JsonValue) -> Expectations:
    if not document.is_object():
        return Expectations((), ())
    _check_names(document, {"manifests", "expectations"})
    for member in ("manifests", "expectations"):
        if not document[member].value:
            document[member].report("must not be empty")
    expected = document["expectations"].objects(optional=True)
    return Expectations(document["manifests"].texts(), tuple(_expectation(each) for each in expected))


def _expectation(value: JsonValue) -> Expectation:
    _check_names(value, {"hook", "hits", "misses", "only"})
    hits, misses = value["hits"].texts(), value["misses"].texts()
    only = value["only"].boolean(default=False)
    if not (hits or misses or only):
        value.report("expects nothing: it has neither hits nor misses nor only")
    return Expectation(value["hook"].text(), hits, misses, only)


def _check_names(value: JsonValue, known: Collection[str]) -> None:
    for name in value.names():
        if name.value not in known:
            name.report(f"is not known here; known are {', '.join(sorted(known))}")
