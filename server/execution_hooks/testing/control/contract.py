"""The contract of the control: the document beside this module, with what it takes from the API's own."""

from copy import deepcopy
from importlib.resources import files
from typing import Any

import yaml

from execution_hooks.contract.document import Contract
from execution_hooks.testing.control.naming import fault_names


class ControlContract(Contract):
    """The contract of the control, for an API. It is valid, by a test, and not validated at each start."""

    def __init__(self, api: Contract) -> None:
        self.source = (files(__package__) / "control.yaml").read_text("utf-8")
        document: dict[str, Any] = yaml.load(self.source, Loader=yaml.CSafeLoader)
        schemas = {**deepcopy(api.document["components"]["schemas"]), **document["components"]["schemas"]}
        schemas["OperationID"]["enum"] = list(api.operations)
        schemas["FaultName"]["enum"] = fault_names()
        document["components"]["schemas"] = schemas
        self.document = document
