"""Starting: from a valid contract, or not at all."""

import httpx
import pytest

from execution_hooks.app import create_app
from execution_hooks.contract.document import Contract, InvalidContract
from execution_hooks.store.database import Database
from harness.accounts import Account
from harness.processes import StartServer, processor_seconds

WARM_START_SECONDS = 3


def test_an_invalid_contract_is_refused_with_the_place_of_the_error(bundled: Contract) -> None:
    broken = bundled.source.replace("      operationId: createExecutionHook\n", "      operationId: 7\n")

    with pytest.raises(InvalidContract, match="the contract is invalid at 'paths/"):
        Contract(broken)


@pytest.mark.parametrize("text", ["", "a: [", "openapi: 3.0.3", "openapi: 2.0.0\ninfo: {}", "- 1"])
def test_an_invalid_openapi_document_is_refused(text: str) -> None:
    with pytest.raises(InvalidContract):
        Contract(text)


def test_an_operation_without_a_handler_is_refused_by_name(bundled: Contract, database: Database) -> None:
    other = bundled.source.replace("operationId: createExecutionHook", "operationId: renameExecutionHook")

    with pytest.raises(InvalidContract, match="no handler for the operations renameExecutionHook"):
        create_app(Contract(other), database)


def test_an_operation_without_an_id_is_refused(bundled: Contract, database: Database) -> None:
    nameless = bundled.source.replace("      operationId: createExecutionHook\n", "")

    with pytest.raises(InvalidContract, match=r"POST .*executionHooks has no operationId"):
        create_app(Contract(nameless), database)


def test_the_server_is_built_from_the_contract_it_is_given(bundled: Contract, database: Database) -> None:
    wider = Contract(bundled.source.replace("maxLength: 63", "maxLength: 64"))

    assert wider.operations["createExecutionHook"].body_schema is not None
    create_app(wider, database)


def test_a_warm_start_takes_less_than_three_seconds_of_a_processor(
    start_server: StartServer, store_url: str, account: Account
) -> None:
    with start_server(store_url):
        pass

    with start_server(store_url, forks=None) as server:  # a forked one would have imported all before
        response = httpx.post(server.url + account.path, json={})
        assert response.status_code == 401
        assert processor_seconds(server) < WARM_START_SECONDS
