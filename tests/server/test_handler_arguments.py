"""Which arguments a handler is called with: those of its signature that its operation has."""

from typing import Any

import pytest

from execution_hooks.contract.document import Contract, InvalidContract
from execution_hooks.http.connexion.operations import argument_readers


def test_a_handler_is_given_the_parameters_that_it_names_and_no_others(bundled: Contract) -> None:
    def handler(account_id: str, request: object, filter_: str | None = None) -> None: ...

    readers = argument_readers(handler, bundled.operations["listHookSources"], bundled)

    assert list(readers) == ["request", "account_id", "filter_"]


def test_a_handler_with_keywords_is_given_all_parameters_of_the_query(bundled: Contract) -> None:
    def handler(account_id: str, **query: Any) -> None: ...  # noqa: ANN401 whatever the query has

    readers = argument_readers(handler, bundled.operations["listHookSources"], bundled)

    assert {*readers} == {"account_id", "include", "limit", "filter_", "continue_"}


def test_a_handler_that_needs_what_its_operation_lacks_is_an_error(bundled: Contract) -> None:
    def handler(account_id: str, app_id: str) -> None: ...

    with pytest.raises(InvalidContract, match="the handler of listHookSources takes app_id"):
        argument_readers(handler, bundled.operations["listHookSources"], bundled)
