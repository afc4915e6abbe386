"""Who may use the control: who has its token, and is no page in a browser."""

import hmac
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from execution_hooks.http.authentication import bearer_token
from execution_hooks.http.request_context import Headers
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Problem, ProblemError

_LOCAL = "localhost"


@dataclass(frozen=True)
class Access:
    """Admits requests that carry the token, came to the address as it is known here, and from no web page.

    ``host`` is what the operator gave to listen on. A page that has its own name lead to this machine (DNS
    rebinding) sends that name as ``Host``: so a name must be the one given, or localhost, and only where it
    is not this machine alone that can connect may any address be written in digits.
    """

    host: str
    token: str = field(repr=False)

    def check(self, headers: Headers) -> None:
        """Raise ProblemError: 403 for another origin or host, 401 for no token or another."""
        if "origin" in headers:
            raise ProblemError(_forbidden("Requests of web pages, which have an Origin, are refused."))
        if not self._is_ours(urlsplit(f"//{headers.get('host', ('',))[0]}").hostname or ""):
            raise ProblemError(_forbidden("The Host is not that of the control."))
        if not hmac.compare_digest(bearer_token(headers).encode(), self.token.encode()):
            raise ProblemError(problems.INVALID_BEARER_TOKEN)

    def _is_ours(self, host: str) -> bool:
        if host in {self.host.lower(), _LOCAL}:
            return True
        try:
            return ip_address(host).is_loopback or not _is_loopback(self.host)
        except ValueError:
            return False


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == _LOCAL


def _forbidden(detail: str) -> Problem:
    return Problem(HTTPStatus.FORBIDDEN, "about:blank", "Forbidden", detail)
