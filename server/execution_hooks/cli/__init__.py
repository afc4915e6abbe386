"""The command line, ``execution-hooks``. Results go to standard output, all else to standard error.

What stands here is loaded for every use of it, completion among them, so it imports no command.
"""

import click

from execution_hooks.cli.failures import CommandLine
from execution_hooks.cli.lazy import Lazy, Moved

_ON_A_SERVER = "execution_hooks.cli.remote.commands"
_COMMANDS = (
    Lazy("serve", "execution_hooks.cli.serving:serve", "Run the server until SIGTERM or Ctrl-C."),
    Lazy("admin", "execution_hooks.cli.admin:admin", "Administer the store, on the machine that has it."),
    Lazy(
        "hook", f"{_ON_A_SERVER}:hook", "Hooks on a server: which script runs in which containers, and when."
    ),
    Lazy("source", f"{_ON_A_SERVER}:source", "Hook sources on a server: the scripts that hooks run."),
    Lazy("app", f"{_ON_A_SERVER}:app", "Apps on a server: what hooks are tied to."),
    Lazy(
        "exechook",
        "execution_hooks.cli.exechook:exechook",
        "Preview hooks of Trident Protect from manifests, without a server or a cluster.",
    ),
    *(Moved(name, f"admin {name}") for name in ("account", "token", "explain")),
)


@click.group(
    cls=CommandLine,
    commands={str(command.name): command for command in _COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="execution-hooks")
def main() -> None:
    """Serve the execution-hook API of NetApp Astra Control, and keep what it accepts.

    \b
    To try it:      execution-hooks serve --demo
    To use it:      execution-hooks hook list
    To set it up:   execution-hooks admin account create Payroll
                    execution-hooks admin token create --account ID --role member
                    execution-hooks admin app create --account ID --name payroll
                    execution-hooks admin source create --account ID --name freeze freeze.sh
                    execution-hooks serve
    """  # noqa: D301 click's mark for "keep these lines"
