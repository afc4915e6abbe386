"""Bearer tokens (RFC 6750): whose request it is, whether they may make it, and how often."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from connexion.lifecycle import ConnexionRequest
from connexion.security import AbstractSecurityHandler

from execution_hooks.domain.access import Caller
from execution_hooks.domain.refusals import Refusal, in_order
from execution_hooks.http.rates.token_rates import TokenRates
from execution_hooks.http.request_context import CONTEXT, Check, Headers, RequestContext
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import ProblemError

FindCaller = Callable[[str], Awaitable[Caller | None]]

_CHANGING = {"PUT", "DELETE"}
"""The methods for which the vendor's document has problem 1 alone among the 404s."""
_PROBLEMS = {
    Refusal.ROLE: problems.OPERATION_NOT_PERMITTED,
    Refusal.HOOKS_SWITCHED_OFF: problems.HOOKS_NOT_ENABLED,
}


class BearerAuthentication(AbstractSecurityHandler):  # type: ignore[misc]  # Connexion is untyped
    """Connexion's security handler for the contract's ``bearer`` scheme.

    Refuses where there is no token (problem 3), or not a valid one (4); too many requests (429, where rates
    are limited); another account than the path's (2, or 1 where a resource is to be changed or deleted; the
    same whether that account exists); too low a role or a token for other collections (11); hooks that are
    switched off (168).
    """

    def __init__(self, find_caller: FindCaller, rates: TokenRates | None) -> None:
        self._find_caller = find_caller
        checks: dict[Refusal, Check] = {
            Refusal.TOKEN: self._check_token,
            Refusal.ACCOUNT: _check_account,
            Refusal.ROLE: _check_rights,  # and then the switch, which comes next in the order
        }
        if rates is not None:
            checks[Refusal.RATE] = lambda context: rates.count(bearer_token(context.headers), context)
        self._checks = in_order(checks)

    def get_fn(self, _scheme: Mapping[str, Any], _scopes: list[str]) -> Callable[..., Any]:
        """Return what Connexion awaits for each request to a secured operation."""
        return self._verify

    async def _verify(self, request: ConnexionRequest) -> dict[str, Any]:
        context: RequestContext = request.scope[CONTEXT]
        for check in self._checks:
            if (waiting := check(context)) is not None:
                await waiting
        return {"sub": context.caller.user_id}

    async def _check_token(self, context: RequestContext) -> None:
        caller = await self._find_caller(bearer_token(context.headers))
        if caller is None:
            raise ProblemError(problems.INVALID_BEARER_TOKEN)
        context.caller, context.account_id = caller, caller.account_id


def _check_account(context: RequestContext) -> None:
    own = context.caller.account_id
    if context.path.get("account_id", own) != own:
        changing = context.operation.method in _CHANGING
        raise ProblemError(problems.RESOURCE_NOT_FOUND if changing else problems.COLLECTION_NOT_FOUND)


def _check_rights(context: RequestContext) -> None:
    refusal = context.caller.refusal(context.operation.method, context.operation.collection)
    if refusal is not None:
        raise ProblemError(_PROBLEMS[refusal])


def bearer_token(headers: Headers) -> str:
    """Return the token that a request carries. Raises ProblemError if it carries none, or two."""
    given = headers.get("authorization", ())
    if len(given) > 1:
        raise ProblemError(problems.INVALID_BEARER_TOKEN)
    scheme, _, token = given[0].strip(" \t").partition(" ") if given else ("", "", "")
    if scheme.lower() != "bearer" or not token.strip(" \t"):
        raise ProblemError(problems.MISSING_BEARER_TOKEN)
    return token.strip(" \t")
