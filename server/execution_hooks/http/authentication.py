"""Bearer tokens (RFC 6750): whose request it is, and whether they may make it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from connexion.lifecycle import ConnexionRequest
from connexion.security import AbstractSecurityHandler
from starlette.datastructures import Headers

from execution_hooks.domain.access import Caller
from execution_hooks.http.request_context import CONTEXT, RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError


class Rates(Protocol):
    """Counts the requests of each token."""

    def count(self, token: str) -> None:
        """Count a request. Raises ProblemError (429) if it is one too many."""


FindCaller = Callable[[str], Awaitable[Caller | None]]

_CHANGING = {"PUT", "DELETE"}
"""The methods for which the vendor's document has problem 1 alone among the 404s."""


class BearerAuthentication(AbstractSecurityHandler):  # type: ignore[misc]  # Connexion is untyped
    """Connexion's security handler for the contract's ``bearer`` scheme.

    Refuses in this order: no token (problem 3), not a valid one (4), too many
    requests (429, where rates are limited), another account than the path's (2, or 1 where a resource
    is to be changed or deleted; the same whether that account exists), too low a role or a token for
    other collections (11), hooks switched off (168).
    """

    def __init__(self, find_caller: FindCaller, rates: Rates | None) -> None:
        self._find_caller = find_caller
        self._rates = rates

    def get_fn(self, _scheme: Mapping[str, Any], _scopes: list[str]) -> Callable[..., Any]:
        """Return what Connexion awaits for each request to a secured operation."""
        return self._verify

    async def _verify(self, request: ConnexionRequest) -> dict[str, Any]:
        context: RequestContext = request.scope[CONTEXT]
        token = _bearer_token(context.headers)
        caller = await self._find_caller(token)
        if caller is None:
            raise ProblemError(problems.invalid_bearer_token())
        if self._rates:
            self._rates.count(token)
        context.caller, context.account_id = caller, caller.account_id
        _check_permitted(caller, context)
        return {"sub": caller.user_id}


def _check_permitted(caller: Caller, context: RequestContext) -> None:
    operation = context.operation
    if context.path.get("account_id", caller.account_id) != caller.account_id:
        changing = operation.method in _CHANGING
        raise ProblemError(problems.resource_not_found() if changing else problems.collection_not_found())
    if not caller.may(operation.method, operation.collection):
        raise ProblemError(problems.operation_not_permitted())
    if not caller.hooks.permits(operation.method, operation.collection):
        raise ProblemError(problems.hooks_not_enabled())


def _bearer_token(headers: Headers) -> str:
    given = headers.getlist("authorization")
    if len(given) > 1:
        raise ProblemError(problems.invalid_bearer_token())
    scheme, _, token = given[0].strip(" \t").partition(" ") if given else ("", "", "")
    if scheme.lower() != "bearer" or not token.strip(" \t"):
        raise ProblemError(problems.missing_bearer_token())
    return token.strip(" \t")
