"""The module that ``SCHEMATHESIS_HOOKS`` names in a run whose cases are recorded, as they are generated.

The server judged in that run is right. What is recorded is what Schemathesis made up, before anything shaped
it for an account: so it can be shaped and sent again, to a server that is wrong.
"""

import os
import pickle
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import Case, HookContext

from conformance.mutation.recorded import OWN_TOKEN, parts_of
from execution_hooks_conformance.facts import Facts

_TOKEN = Facts.from_environment().authorization
_FILE = Path(os.environ["RECORDED_CASES"]).open("ab")  # noqa: SIM115 until the run ends


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:  # noqa: ARG001
    """Note each case but those that checks send by themselves."""
    if case.meta is None:
        return
    parts = parts_of(case)
    sent = parts["headers"].items()
    parts["headers"] = {name: OWN_TOKEN if value == _TOKEN else value for name, value in sent}
    pickle.dump(parts, _FILE)
    _FILE.flush()


import conformance.in_process  # noqa: E402 F401 its hooks shape what was recorded
