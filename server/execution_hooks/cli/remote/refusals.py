"""What a server refuses, or leaves unanswered, as the failure of a command."""

from execution_hooks.cli.failures import ExitStatus, Failure
from execution_hooks.cli.formats import visible
from execution_hooks.cli.remote.operations import remedies
from execution_hooks_client import ApiError, ClientError

_FIRST_OF_SERVER_ERRORS = 500
_TRY_LATER = {408, 429}


def failure_of(error: ClientError, url: str) -> Failure:
    """Return the failure: refused by the server at a URL, or, where it failed or is silent, unreachable."""
    if not isinstance(error, ApiError):
        return Failure(ExitStatus.UNREACHABLE, visible(f"{url}: {error}"))
    refused = (
        error.status < _FIRST_OF_SERVER_ERRORS and error.status not in _TRY_LATER and error.status >= 400
    )
    remedy = _remedy(error)
    return Failure(
        ExitStatus.REFUSED if refused else ExitStatus.UNREACHABLE,
        visible(f"{error}. {remedy}" if remedy else str(error)),
        _details(error, remedy),
    )


def _remedy(error: ApiError) -> str:
    """Return what the contract says to do, by the name that the error and its problem share."""
    known = remedies()
    names = (each.__name__[0].lower() + each.__name__[1:] for each in type(error).__mro__)
    return next((known[name].replace("`", "") for name in names if name in known), "")


def _details(error: ApiError, remedy: str) -> dict[str, object]:
    named = {
        "invalidFields": [each.to_dict() for each in error.invalid_fields],
        "invalidParams": [each.to_dict() for each in error.invalid_params],
    }
    about = {
        "status": error.status,
        "type": error.type,
        "title": error.title,
        "detail": error.detail,
        "remedy": remedy,
        "correlationID": str(error.correlation_id or ""),
        **named,
    }
    return {name: value for name, value in about.items() if value}
