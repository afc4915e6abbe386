"""The command line, ``execution-hooks``. Results go to standard output, all else to standard error.

What stands here is loaded for every use of it, completion among them, so it imports no command.
"""

import click

from execution_hooks.cli.failures import CommandLine
from execution_hooks.cli.lazy import Lazy

_COMMANDS = (
    Lazy("serve", "execution_hooks.cli.serving:serve", "Run the server until SIGTERM or Ctrl-C."),
    Lazy(
        "account",
        "execution_hooks.cli.accounts:account",
        "Accounts: each has its own users, apps, hook sources and hooks.",
    ),
    Lazy(
        "token",
        "execution_hooks.cli.accounts:token",
        "Bearer tokens: each is bound to a user, an account and a role.",
    ),
    Lazy("app", "execution_hooks.cli.apps:app", "Apps: what hooks are tied to."),
    Lazy("source", "execution_hooks.cli.hooks:source", "Hook sources: the scripts that hooks run."),
    Lazy("hook", "execution_hooks.cli.hooks:hook", "Hooks that come with the product."),
    Lazy(
        "explain",
        "execution_hooks.cli.hooks:explain",
        "Show which containers of its app HOOK hits, and which criterion keeps it from the others.",
    ),
)


@click.group(
    cls=CommandLine,
    commands={command.name or "": command for command in _COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="execution-hooks")
def main() -> None:
    """Serve the execution-hook API of NetApp Astra Control, and keep what it accepts.

    \b
    To try it:      execution-hooks serve --demo
    To set it up:   execution-hooks account create Payroll
                    execution-hooks token create --account ID --role member
                    execution-hooks app create --account ID --name payroll
                    execution-hooks source create --account ID --name freeze freeze.sh
                    execution-hooks serve
    """  # noqa: D301 click's mark for "keep these lines"
