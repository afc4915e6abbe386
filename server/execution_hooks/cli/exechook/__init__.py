"""Commands for hooks as resources of Kubernetes; they need no server, no store and no cluster.

What a command needs is imported when it runs: most of the time that a preview of one hook takes is loading.
"""

import click

from execution_hooks.cli.lazy import Lazy

_HERE = "execution_hooks.cli.exechook"
_COMMANDS = (
    Lazy(
        "explain",
        f"{_HERE}.explain:explain",
        "Show which containers each ExecHook hits, and why it hits no others.",
    ),
    Lazy("lint", f"{_HERE}.lint:lint", "Find what is wrong with ExecHooks, or looks so."),
    Lazy(
        "test",
        f"{_HERE}.test:test",
        "Test that ExecHooks hit the containers that FILE expects them to hit, and no others.",
    ),
    Lazy(
        "import",
        f"{_HERE}.exchange:import_",
        "Make hooks and hook sources of the REST API from manifests, and say what is lost.",
    ),
    Lazy(
        "export",
        f"{_HERE}.exchange:export",
        "Make manifests from the hooks of an account, or of what `exechook import` printed.",
    ),
)


@click.group(commands={str(command.name): command for command in _COMMANDS})
def exechook() -> None:
    """Preview hooks of Trident Protect from manifests, without a server or a cluster."""
