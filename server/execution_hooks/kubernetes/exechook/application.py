"""Applications: which pods belong to one, by namespaces, a resource filter and label selectors.

Sources: the product's documents "Define an application for management" and "Use resource filters". The filter
goes first, and the selector of the namespace then narrows what is left.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from execution_hooks.kubernetes.exechook.hook import Name, read_namespace
from execution_hooks.kubernetes.json_values import JsonValue
from execution_hooks.kubernetes.manifests.reading import Manifest, Place
from execution_hooks.kubernetes.pod import LONGEST_NAME
from execution_hooks.kubernetes.selectors import (
    InvalidSelector,
    LabelSelector,
    parse_selector,
    read_selector,
)

REST_NAME = "execution-hooks/name"
"""The annotation with the name that a resource has in the REST API, if that is another."""

Outside = Literal["namespace", "resource filter", "label selector"]
"""Why a pod does not belong to an Application."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """What a resource filter looks for in pods: all that is given must fit, an empty tuple fits every pod.

    ``fits_pods`` tells whether ``group``, ``version`` and ``kind`` do, of which pods have "", "v1" and "Pod".
    """

    fits_pods: bool = True
    names: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    selectors: tuple[LabelSelector, ...] = ()

    def fits(self, namespace: str, pod: str, labels: Mapping[str, str]) -> bool:
        """Return whether it fits a pod. Of several names, namespaces or selectors, one must fit."""
        return (
            self.fits_pods
            and (not self.names or pod in self.names)
            and (not self.namespaces or namespace in self.namespaces)
            and (not self.selectors or any(each.selects(labels) for each in self.selectors))
        )


@dataclass(frozen=True, slots=True)
class ResourceFilter:
    """Matchers, one of which a pod must fit to be included, or none, if the filter excludes."""

    includes: bool
    matchers: tuple[Matcher, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An Application: for each of its namespaces, selectors of which a pod must be selected by one.

    ``called`` is the name that it has in the REST API, if that is another.
    """

    namespace: str
    name: str
    selectors: Mapping[str, tuple[LabelSelector, ...]]
    resource_filter: ResourceFilter | None = None
    called: str = ""
    place: Place

    @property
    def key(self) -> Name:
        """The namespace and the name."""
        return self.namespace, self.name

    def leaves_out(self, namespace: str, pod: str, labels: Mapping[str, str]) -> Outside | None:
        """Return why a pod does not belong to it; None if it does."""
        selectors = self.selectors.get(namespace)
        if selectors is None:
            return "namespace"
        if self.resource_filter:
            fits = any(each.fits(namespace, pod, labels) for each in self.resource_filter.matchers)
            if fits != self.resource_filter.includes:
                return "resource filter"
        return None if any(each.selects(labels) for each in selectors) else "label selector"


def read_application(manifest: Manifest, namespace: str) -> Application:
    """Read an Application; ``namespace`` is where it is if it names none. Violations are the manifest's."""
    value, spec = manifest.value, manifest.value["spec"]
    about = value["metadata"]
    if not (about.is_object() & spec.is_object()):
        return Application(namespace="", name="", selectors={}, place=manifest.place)
    selectors: dict[str, tuple[LabelSelector, ...]] = {}
    machines = spec["includedVirtualMachines"].value is not None  # then namespaces may be left out
    for included in spec["includedNamespaces"].objects(optional=machines):
        name = included["namespace"].text(longest=LONGEST_NAME)
        selectors[name] = (*selectors.get(name, ()), read_selector(included["labelSelector"]))
    return Application(
        namespace=read_namespace(about, namespace),
        name=about["name"].text(longest=LONGEST_NAME),
        selectors=selectors,
        resource_filter=_filter(spec["resourceFilter"]),
        called=_called(about["annotations"]),
        place=manifest.place,
    )


def _called(annotations: JsonValue) -> str:
    given = annotations.is_object(optional=True)
    return annotations[REST_NAME].optional_text() if given else ""


def _filter(given: JsonValue) -> ResourceFilter | None:
    if not given.is_object(optional=True) or not given.value:
        return None
    criteria = given["resourceSelectionCriteria"]
    text = str(criteria.value).lower()
    if text not in {"include", "exclude"}:
        criteria.must_be("Include", "Exclude")
    matchers = given["resourceMatchers"].objects(optional=True)
    return ResourceFilter(text == "include", tuple(_matcher(matcher) for matcher in matchers))


def _matcher(matcher: JsonValue) -> Matcher:
    given = [matcher[member].optional_text() for member in ("group", "version", "kind")]
    wanted = zip(given, ("", "v1", "Pod"), strict=True)
    return Matcher(
        all(text in {"", of_pods} for text, of_pods in wanted),
        matcher["names"].texts(),
        matcher["namespaces"].texts(),
        tuple(_selectors(matcher["labelSelectors"])),
    )


def _selectors(selectors: JsonValue) -> Iterator[LabelSelector]:
    for index, text in enumerate(selectors.texts()):
        try:
            yield parse_selector(text)
        except InvalidSelector as error:
            place = JsonValue(text, (*selectors.path, index), selectors.violations)
            place.report(f"is no label selector: it {error}")
