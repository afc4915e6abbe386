"""ExecHooks: execution hooks as resources of Kubernetes, and how they are read.

Sources: the product's documents "Manage execution hooks", and the published schema of the resource.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeVar

from execution_hooks.kubernetes.json_values import JsonValue
from execution_hooks.kubernetes.manifests.reading import Manifest, Place
from execution_hooks.kubernetes.pod import LONGEST_NAME
from execution_hooks.matching.criteria import Criterion, CriterionType

GROUPS = ("protect.trident.netapp.io", "astra.netapp.io")
"""The API groups of these resources: today's, and that of 2024."""

DEFAULT_TIMEOUT = 25
"""Minutes that a hook may take where it does not say so."""

Action = Literal["snapshot", "backup", "restore", "failover"]
Stage = Literal["pre", "post"]
ACTIONS: tuple[Action, ...] = ("snapshot", "backup", "restore", "failover")
STAGES: tuple[Stage, ...] = ("pre", "post")
CRITERION_TYPES: tuple[CriterionType, ...] = (
    "containerImage",
    "containerName",
    "podName",
    "podLabel",
    "namespaceName",
)
T = TypeVar("T", bound=str)
Name = tuple[str, str]
"""A namespace, and a name that is unique in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecHook:
    """A hook. ``source`` is its script in base64, as it was given, and is never printed.

    ``application`` is the name of an Application in the same namespace, ``timeout`` is in minutes.
    """

    namespace: str
    name: str
    application: str
    action: Action
    stage: Stage
    criteria: tuple[Criterion, ...] = ()
    enabled: bool = True
    arguments: tuple[str, ...] = ()
    timeout: int = DEFAULT_TIMEOUT
    source: str = field(default="", repr=False)
    labels: tuple[tuple[str, str], ...] = ()
    annotations: tuple[tuple[str, str], ...] = ()
    place: Place

    @property
    def key(self) -> Name:
        """The namespace and the name."""
        return self.namespace, self.name

    @property
    def application_key(self) -> Name:
        """The namespace and the name of its Application."""
        return self.namespace, self.application


def read_hook(manifest: Manifest, namespace: str) -> ExecHook:
    """Read an ExecHook; ``namespace`` is where it is if it names none. Violations are the manifest's.

    Actions, stages and types of criteria may be in any case, since documents and schema differ in that.
    """
    value, spec = manifest.value, manifest.value["spec"]
    about = value["metadata"]
    if not (about.is_object() & spec.is_object()):
        return ExecHook(
            namespace="", name="", application="", action="backup", stage="post", place=manifest.place
        )
    return ExecHook(
        namespace=read_namespace(about, namespace),
        name=about["name"].text(longest=LONGEST_NAME),
        application=spec["applicationRef"].text(longest=LONGEST_NAME),
        action=_one_of(spec["action"], ACTIONS),
        stage=_one_of(spec["stage"], STAGES),
        criteria=tuple(_criterion(each) for each in spec["matchingCriteria"].objects(optional=True)),
        enabled=spec["enabled"].boolean(default=True),
        arguments=spec["arguments"].texts(),
        timeout=spec["timeout"].integer(lowest=1, default=DEFAULT_TIMEOUT),
        source=spec["hookSource"].optional_text(),
        labels=_texts(about["labels"]),
        annotations=_texts(about["annotations"]),
        place=manifest.place,
    )


def read_namespace(about: JsonValue, otherwise: str) -> str:
    """Read the namespace of a resource's metadata."""
    given = about["namespace"]
    return otherwise if given.value is None else given.text(longest=LONGEST_NAME)


def _criterion(criterion: JsonValue) -> Criterion:
    return Criterion(_one_of(criterion["type"], CRITERION_TYPES), criterion["value"].text(shortest=0))


def _one_of(value: JsonValue, allowed: tuple[T, ...]) -> T:
    given = value.value.lower() if isinstance(value.value, str) else None
    found = next((each for each in allowed if each.lower() == given), None)
    if found is None:
        value.must_be(*allowed)
    return found or allowed[0]


def _texts(members: JsonValue) -> tuple[tuple[str, str], ...]:
    names = members.names() if members.is_object(optional=True) else ()
    return tuple((name.value, members[name.value].text(shortest=0)) for name in names)
