"""The status of a pod: whether it has completed, and which of its containers run."""

from dataclasses import dataclass
from typing import Literal

from execution_hooks.kubernetes.json_values import JsonValue

State = Literal["running", "waiting", "terminated"]
_STATES: tuple[State, ...] = ("terminated", "waiting", "running")


@dataclass(frozen=True, slots=True)
class ContainerStates:
    """The states of a pod's ordinary containers, or of its init containers, by their names.

    A container that the status does not list counts as running, but in a pending pod as waiting.
    """

    known: dict[str, State]
    otherwise: State

    def of(self, name: str) -> State:
        """Return the state of a container."""
        return self.known.get(name, self.otherwise)


@dataclass(frozen=True, slots=True)
class PodStatus:
    """The status of a pod, which need not be there. Its containers' states are read when asked for."""

    phase: str
    _status: JsonValue | None

    @classmethod
    def read(cls, status: JsonValue) -> "PodStatus":
        """Read the phase."""
        if not status.is_object(optional=True):
            return cls("", None)
        return cls(status["phase"].optional_text(), status)

    @property
    def completed(self) -> bool:
        """Whether no container of the pod will run again."""
        return self.phase in {"Succeeded", "Failed"}

    def states(self, statuses: Literal["containerStatuses", "initContainerStatuses"]) -> ContainerStates:
        """Read the states of the ordinary containers, or of the init containers."""
        known: dict[str, State] = {}
        entries = () if self._status is None else self._status[statuses].objects(optional=True)
        for entry in entries:
            name, state = entry["name"].optional_text(), entry["state"]
            members = state.value if state.is_object(optional=True) else {}
            if found := next((each for each in _STATES if members.get(each) is not None), None):
                known[name] = found
        return ContainerStates(known, "waiting" if self.phase == "Pending" else "running")
