"""Routes: which operation a path is for, and which of its parameters name something."""

import copy
import json

import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.http.connexion.routing import Routes

ID = "3f0ab5f1-6fc8-4b7c-9e51-0d5a1f8f6c11"


@pytest.mark.parametrize(("text", "parameter"), [(ID, ID), (ID.upper(), ""), (f"{ID}\n", ""), ("words", "")])
def test_a_parameter_that_does_not_match_its_pattern_is_empty(
    bundled: Contract, text: str, parameter: str
) -> None:
    operations, parameters = Routes(bundled).find(f"/accounts/{text}/core/v1/hookSources")

    assert {*operations} == {"POST", "GET", "HEAD"}
    assert parameters == {"account_id": parameter}


def test_the_pattern_is_that_of_the_contract(bundled: Contract) -> None:
    document = copy.deepcopy(bundled.document)
    document["components"]["parameters"]["AccountID"]["schema"] = {"type": "string", "pattern": "^[a-z]+$"}
    routes = Routes(Contract(json.dumps(document)))

    assert routes.find("/accounts/words/core/v1/hookSources")[1] == {"account_id": "words"}
    assert routes.find(f"/accounts/{ID}/core/v1/hookSources")[1] == {"account_id": ""}
