"""The programs of the fork server that tests share: the command ``execution-hooks``."""

import pkgutil
import warnings
from importlib import import_module

from harness.programs import Program, alone


def load() -> dict[str, Program]:
    """Import what the command imports, and return the programs by their names."""
    warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient` is deprecated")
    import alembic.command

    import execution_hooks.cli
    import execution_hooks.serving.process
    from execution_hooks.contract.document import Contract
    from harness import serve_with_limits

    del alembic
    for module in pkgutil.walk_packages(execution_hooks.cli.__path__, f"{execution_hooks.cli.__name__}."):
        import_module(module.name)
    Contract.bundled()  # what it is, and that it is valid, is kept
    return {"command": alone(execution_hooks.cli.main), "serve with limits": alone(serve_with_limits.main)}
