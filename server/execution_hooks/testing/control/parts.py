"""What the control of a server acts on, and where it is."""

from dataclasses import dataclass, field

from execution_hooks.testing.control.access import Access
from execution_hooks.testing.control.clock import Clock
from execution_hooks.testing.control.faults import Faults
from execution_hooks.testing.control.reset_point import ResetPoint


@dataclass(frozen=True)
class Control:
    """The control of one server, on a port of its own.

    It acts on this process alone: another that serves the same store has its own clock and no faults.
    """

    port: int
    access: Access
    reset_point: ResetPoint
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)
