"""The list of behaviours that are wrong, each of which makes a mutant."""

from collections.abc import Callable
from dataclasses import dataclass

from conformance.mutation.mutating import Behaviour, Course, MutableRequest

CREATE, LIST, READ = "createExecutionHook", "listExecutionHooks", "getExecutionHook"
UPDATE, DELETE = "updateExecutionHook", "deleteExecutionHook"
LIST_BELOW_APP = "listAppExecutionHooks"
CREATE_SOURCE, LIST_SOURCES, READ_SOURCE = "createHookSource", "listHookSources", "getHookSource"
UPDATE_SOURCE, DELETE_SOURCE = "updateHookSource", "deleteHookSource"
LIST_APPS = "listApps"


@dataclass(frozen=True)
class Mistake:
    """A behaviour that is wrong.

    ``stands_for`` is the real mistake that leads to it, in one line; ``promise`` the one that it breaks, and
    ``at`` the operation where that shows. ``walks`` says that it takes walks along the links to see it.
    """

    name: str
    stands_for: str
    promise: str
    at: str
    walks: bool
    behaviour: Behaviour


MISTAKES: dict[str, Mistake] = {}
"""All that are defined, by their names; see conformance.mutation.behaviours.every."""


def breaks(
    promise: str, *, at: str, walks: bool = False, everywhere: bool = False
) -> Callable[[Behaviour], Behaviour]:
    """Register a behaviour: its name says what the server does, its docstring what that stands for.

    Only messages of the operation ``at`` are changed, unless it is ``everywhere``.
    """

    def register(behaviour: Behaviour) -> Behaviour:
        name = behaviour.__name__.replace("_", " ")
        assert name not in MISTAKES, name
        changed = behaviour if everywhere else _only(at, behaviour)
        MISTAKES[name] = Mistake(name, str(behaviour.__doc__), promise, at, walks, changed)
        return behaviour

    return register


def _only(operation: str, behaviour: Behaviour) -> Behaviour:
    def change(request: MutableRequest) -> Course:
        if request.operation == operation:
            yield from behaviour(request)
        else:
            yield

    return change
