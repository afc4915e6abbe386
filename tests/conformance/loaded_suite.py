"""The programs of the fork server that tests judge by: the suite's command, and what sends its requests."""

import pkgutil
import socket
from collections.abc import Mapping
from importlib import import_module

from conformance.forked_runs import forked_by
from harness.forking import ForkServer
from harness.programs import Program, alone

_SUITE = "execution_hooks_conformance"
_SENDING = ("directed", "replaying", "stateful")
_WHEN_NEEDED = ("schemathesis.cli.commands.run.executor", "pyrate_limiter")
"""What Schemathesis imports when it first runs, or sends a request."""
_OF_A_RUN = "hooks"
"""The module that reads the run's environment when it is imported."""


def load() -> Mapping[str, Program]:
    """Import the suite and Schemathesis, and return the programs by their names."""
    from schemathesis.cli import schemathesis

    for name in _WHEN_NEEDED:
        import_module(name)
    modules = {
        each.name: import_module(f"{_SUITE}.{each.name}")
        for each in pkgutil.iter_modules(import_module(_SUITE).__path__)
        if each.name != _OF_A_RUN
    }
    sending = {f"{_SUITE}.{name}": alone(modules[name].main) for name in _SENDING}
    return {"conformance": _judge, "st": alone(schemathesis), **sending}


def _judge(forks: socket.socket) -> object:
    """Run the suite's command; the processes that send its requests are forked, too."""
    from execution_hooks_conformance.__main__ import main

    with forks:
        return main(forked_by(ForkServer(forks)))
