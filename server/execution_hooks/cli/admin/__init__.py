"""Commands on the store itself, on the machine that has it: they need no server."""

import click

from execution_hooks.cli.lazy import Lazy

_HERE = "execution_hooks.cli.admin"
_COMMANDS = (
    Lazy(
        "account",
        f"{_HERE}.accounts:account",
        "Accounts: each has its own users, apps, hook sources and hooks.",
    ),
    Lazy("token", f"{_HERE}.tokens:token", "Bearer tokens: each is bound to a user, an account and a role."),
    Lazy("app", f"{_HERE}.apps:app", "Apps: what hooks are tied to, and their containers."),
    Lazy("source", f"{_HERE}.sources:source", "Hook sources: the scripts that hooks run."),
    Lazy("hook", f"{_HERE}.hooks:hook", "Hooks, and those that come with the product."),
    Lazy(
        "explain",
        f"{_HERE}.explain:explain",
        "Show which containers of its app HOOK hits, and which criterion keeps it from the others.",
    ),
)


@click.group(commands={str(command.name): command for command in _COMMANDS})
def admin() -> None:
    """Administer the store, on the machine that has it.

    The other commands talk to a server. These open the database, so they need neither server nor token.
    What they change takes effect at once on a server that runs.
    """
