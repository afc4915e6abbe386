"""``execution-hooks serve``, with other limits for each connection than those that are built in.

The first argument of the process is the JSON of what is other; then come ``serve`` and its options.
"""

import json
import sys

from execution_hooks.http.wire.limits import ConnectionLimits
from execution_hooks.serving.process import run
from execution_hooks.settings import load_settings
from execution_hooks.store.database import open_database


def main() -> None:
    """Serve until SIGTERM."""
    limits, serve, *options = sys.argv[1:]
    assert serve == "serve"
    names = [name.removeprefix("--").replace("-", "_") for name in options[::2]]
    settings = load_settings(**dict(zip(names, options[1::2], strict=True)))
    with open_database(settings.database) as database:
        run(settings, database, demo=False, limits=ConnectionLimits(**json.loads(limits)))
