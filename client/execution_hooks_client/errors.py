"""What is raised instead of a result: ``ApiError`` for a response, ``TransportError`` where there is none."""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import httpx

from .models.invalid_field import InvalidField
from .models.invalid_param import InvalidParam
from .models.problem import Problem

_MOST_SHOWN = 200
"""Characters of a body that is no problem, in a message."""


class ClientError(Exception):
    """Anything that this package raises for what a server, or the way to it, did."""


class TransportError(ClientError):
    """There is no response. Where the request may change something, it was not carried out."""


class OutcomeUnknown(TransportError):
    """Whether the request was carried out is not known: the response to it was lost.

    Look at what is stored before you send it again.
    """


class ApiError(ClientError):
    """A response that is no success of the operation.

    ``status`` is its HTTP status; ``type``, ``title``, ``detail``, ``correlation_id``, ``invalid_fields`` and
    ``invalid_params`` are those of the problem, if the body is one; ``response`` has everything that came.
    Each problem of the contract has a class of its own below.
    """

    def __init__(self, response: httpx.Response, problem: Problem | None = None, note: str = "") -> None:
        self.response = response
        self.problem = problem
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.type: str = problem.type_ if problem else "about:blank"
        self.title: str = problem.title if problem else response.reason_phrase
        self.detail: str = problem.detail if problem else note or _beginning(response)
        self.correlation_id: UUID | None = (problem.correlation_id or None) if problem else None
        self.invalid_fields: list[InvalidField] = (problem.invalid_fields or []) if problem else []
        self.invalid_params: list[InvalidParam] = (problem.invalid_params or []) if problem else []
        super().__init__(response, problem, note)

    def __str__(self) -> str:
        violations = [f"{each.name} {each.reason}" for each in (*self.invalid_fields, *self.invalid_params)]
        named = f" ({'; '.join(violations)})" if violations else ""
        quoted = f" [correlation id {self.correlation_id}]" if self.correlation_id else ""
        return f"{self.status} {self.title}: {self.detail}{named}{quoted}"


class UnreadableResponse(ApiError):
    """The status is a success, and the body is not what it must be: the request was carried out."""


class ResourceNotFound(ApiError):
    """Resource not found (404). Check the ids in the URL."""


class CollectionNotFound(ApiError):
    """Collection not found (404). Check the ids of the account and the app in the URL."""


class MissingBearerToken(ApiError):
    """Missing bearer token (401). Send a bearer token."""


class InvalidBearerToken(ApiError):
    """Invalid bearer token (401). Get another token."""


class InvalidParameters(ApiError):
    """Invalid query parameters (400). Correct each parameter and header of ``invalidParams``."""


class ParametersNotSupported(ApiError):
    """Query parameters not supported (400). Leave out each parameter of ``invalidParams``."""


class InvalidJson(ApiError):
    """Invalid JSON payload (400). Send JSON in UTF-8."""


class SchemaViolation(ApiError):
    """Invalid JSON resource (400). Correct each field of ``invalidFields``."""


class RuleViolation(ApiError):
    """Invalid JSON resource (400). Correct each field of ``invalidFields``."""


class ResourceConflict(ApiError):
    """JSON resource conflict (409). Choose another name, and leave fields as they are that never change."""


class KeyReused(ApiError):
    """JSON resource conflict (409). Use another ``Idempotency-Key``, or send the first body again."""


class OperationNotPermitted(ApiError):
    """Operation not permitted (403). Use a token of a higher role, or one that is not limited to other collections."""


class NotAcceptable(ApiError):
    """Unsupported content type (406). Name a media type of the response in ``Accept``, or send no ``Accept``."""


class InternalServerError(ApiError):
    """Internal server error (500). Report the ``correlationID`` to the operator of the server. Look at what is stored before you repeat the request."""


class PreconditionNotMet(ApiError):
    """Precondition not met (412). Read the resource again, and decide anew."""


class ServiceNotReady(ApiError):
    """Service not ready (503). Wait for ``Retry-After`` seconds, then send the request again."""


class TooManyInFlight(ApiError):
    """Service not ready (503). Wait for ``Retry-After`` seconds, then send the request again."""


class ServiceStopping(ApiError):
    """Service not ready (503). Wait for ``Retry-After`` seconds. Look at what is stored before you repeat the request."""


class MethodNotSupported(ApiError):
    """Method not supported (405). Use one of the methods in ``Allow``."""


class PreloadedSourcesReadOnly(ApiError):
    """Preloaded hook sources read only (403). Use a hook source that is not preloaded."""


class HookSourceInUse(ApiError):
    """Hook source referenced by execution hook (403). Delete the hooks that name the source first."""


class NetappHooksReadOnly(ApiError):
    """NetApp execution hooks read only (403). Use a hook of type ``custom``."""


class BodyTooLarge(ApiError):
    """Request body too large (413). Send a smaller body."""


class PostFailoverNotSupported(ApiError):
    """Post-failover execution hooks not supported (409). Choose another action, or another app."""


class HooksNotEnabled(ApiError):
    """Execution hook action not permitted (403). Have hooks switched on for the account."""


class UnsupportedMediaType(ApiError):
    """Unsupported Media Type (415). Send plain JSON with a ``Content-Type`` that the operation reads."""


class TooManyRequests(ApiError):
    """Too Many Requests (429). Wait for ``Retry-After`` seconds, then go on."""


class MalformedRequest(ApiError):
    """Bad Request (400). Send HTTP/1.1 as RFC 9112 has it."""


class UnsupportedTransferCoding(ApiError):
    """Bad Request (400). Send the body with a ``Content-Length``, or chunked."""


class RequestTimeout(ApiError):
    """Request Timeout (408). Send the request in one go."""


class RequestHeadTooLarge(ApiError):
    """Request Header Fields Too Large (431). Send fewer or shorter headers."""


class NameTaken(ResourceConflict):
    """The name is that of another resource of the account. Choose another one."""


class _Listed(NamedTuple):
    """A problem of the contract's list."""

    status: int
    uri: str
    detail: str
    member: str
    error: type[ApiError]


_LISTED = (
    _Listed(
        404,
        "https://astra.netapp.io/problems/1",
        "The resource specified in the request URI wasn't found.",
        "",
        ResourceNotFound,
    ),
    _Listed(
        404,
        "https://astra.netapp.io/problems/2",
        "The collection specified in the request URI wasn't found.",
        "",
        CollectionNotFound,
    ),
    _Listed(
        401,
        "https://astra.netapp.io/problems/3",
        "The request is missing the required bearer token.",
        "",
        MissingBearerToken,
    ),
    _Listed(
        401,
        "https://astra.netapp.io/problems/4",
        "The bearer token provided is invalid, revoked, or doesn't exist.",
        "",
        InvalidBearerToken,
    ),
    _Listed(
        400,
        "https://astra.netapp.io/problems/5",
        "The supplied query parameters are invalid.",
        "invalidParams",
        InvalidParameters,
    ),
    _Listed(
        400,
        "https://astra.netapp.io/problems/6",
        "The supplied query parameters aren't supported for this endpoint.",
        "invalidParams",
        ParametersNotSupported,
    ),
    _Listed(
        400,
        "https://astra.netapp.io/problems/7",
        "The request body is not valid JSON.",
        "",
        InvalidJson,
    ),
    _Listed(
        400,
        "https://astra.netapp.io/problems/8",
        "The request body JSON doesn't conform to the schema.",
        "invalidFields",
        SchemaViolation,
    ),
    _Listed(
        400,
        "https://astra.netapp.io/problems/9",
        "The request body JSON didn't pass extended validation.",
        "invalidFields",
        RuleViolation,
    ),
    _Listed(
        409,
        "https://astra.netapp.io/problems/10",
        "The request body JSON contains a field that conflicts with an idempotent value.",
        "invalidFields",
        ResourceConflict,
    ),
    _Listed(
        409,
        "https://astra.netapp.io/problems/10",
        "The request body JSON contains a field that conflicts with an idempotent value.",
        "invalidParams",
        KeyReused,
    ),
    _Listed(
        403,
        "https://astra.netapp.io/problems/11",
        "The requested operation isn't permitted.",
        "",
        OperationNotPermitted,
    ),
    _Listed(
        406,
        "https://astra.netapp.io/problems/32",
        "The response can't be returned in the requested format.",
        "",
        NotAcceptable,
    ),
    _Listed(
        500,
        "https://astra.netapp.io/problems/34",
        "The server failed at the request. Check what is stored before you repeat it.",
        "",
        InternalServerError,
    ),
    _Listed(
        412,
        "https://astra.netapp.io/problems/38",
        "The conditional headers aren't satisfied.",
        "",
        PreconditionNotMet,
    ),
    _Listed(
        503,
        "https://astra.netapp.io/problems/41",
        "The server can't reach its store at the moment.",
        "",
        ServiceNotReady,
    ),
    _Listed(
        503,
        "https://astra.netapp.io/problems/41",
        "The server has too many requests in flight. Nothing was done for this one.",
        "",
        TooManyInFlight,
    ),
    _Listed(
        503,
        "https://astra.netapp.io/problems/41",
        "The server is stopping and did not finish the request. Check what is stored before you repeat it.",
        "",
        ServiceStopping,
    ),
    _Listed(
        405,
        "https://astra.netapp.io/problems/69",
        "The requested method isn't supported for the specified resource.",
        "",
        MethodNotSupported,
    ),
    _Listed(
        403,
        "https://astra.netapp.io/problems/71",
        "The hook source resource wasn't created, edited, or deleted. Hook source resources with a preloaded value of true are read only.",
        "",
        PreloadedSourcesReadOnly,
    ),
    _Listed(
        403,
        "https://astra.netapp.io/problems/72",
        "The hook source resource wasn't deleted because it is referenced by an execution hook resource.",
        "",
        HookSourceInUse,
    ),
    _Listed(
        403,
        "https://astra.netapp.io/problems/73",
        "The execution hook resource wasn't created, edited, or deleted. Execution hook resources with a hookType of NetApp are read only.",
        "",
        NetappHooksReadOnly,
    ),
    _Listed(
        413,
        "https://astra.netapp.io/problems/85",
        "The request body is too large.",
        "",
        BodyTooLarge,
    ),
    _Listed(
        409,
        "https://astra.netapp.io/problems/162",
        "The application isn't eligible for post-failover execution hooks.",
        "",
        PostFailoverNotSupported,
    ),
    _Listed(
        403,
        "https://astra.netapp.io/problems/168",
        "Execution hooks are not enabled in feature settings.",
        "",
        HooksNotEnabled,
    ),
    _Listed(
        415,
        "about:blank",
        "The request body must be JSON in UTF-8, sent as {mediaTypes} without a Content-Encoding.",
        "",
        UnsupportedMediaType,
    ),
    _Listed(
        429,
        "about:blank",
        "The rate limit of this token is reached.",
        "",
        TooManyRequests,
    ),
    _Listed(
        400,
        "about:blank",
        "The request is not well-formed HTTP/1.1, or lacks a valid Host.",
        "",
        MalformedRequest,
    ),
    _Listed(
        400,
        "about:blank",
        "The request body has a transfer coding other than chunked.",
        "",
        UnsupportedTransferCoding,
    ),
    _Listed(
        408,
        "about:blank",
        "The request took too long to arrive.",
        "",
        RequestTimeout,
    ),
    _Listed(
        431,
        "about:blank",
        "The request line and the headers are too long.",
        "",
        RequestHeadTooLarge,
    ),
)


def error_of(response: httpx.Response) -> ApiError:
    """Make the error of a response that is no success; its class is that of the problem, where it is listed."""
    problem = problem_of(response)
    if problem is None:
        return ApiError(response)
    listed = [each for each in _LISTED if (each.status, each.uri) == (response.status_code, problem.type_)]
    best = max(listed, key=lambda each: _likeness(each, problem), default=None)
    if best is None:
        return ApiError(response, problem)
    if best.error is ResourceConflict and any(each.name == "/name" for each in problem.invalid_fields or ()):
        return NameTaken(response, problem)
    return best.error(response, problem)


def problem_of(response: httpx.Response) -> Problem | None:
    """Read a problem document (RFC 9457); None if the body is none. A member that is no such thing is left out."""
    try:
        document = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    words = {"type": "about:blank", "title": response.reason_phrase, "detail": "", "status": str(response.status_code)}
    required = {name: document.get(name, default) for name, default in words.items()}
    if not any(name in document for name in ("type", "title", "detail")):
        return None
    texts = {name: value if isinstance(value, str) else str(value) for name, value in required.items()}
    try:
        return Problem.from_dict({**document, **texts})
    except (ValueError, TypeError, KeyError, AttributeError):
        return Problem.from_dict(texts)


def _likeness(listed: _Listed, problem: Problem) -> tuple[bool, bool]:
    """Tell of two problems of one type which one it is: by the members that it has, then by its words."""
    members = {"invalidFields": problem.invalid_fields, "invalidParams": problem.invalid_params}
    words = ".+".join(map(re.escape, re.split(r"{\w+}", listed.detail)))
    return bool(members.get(listed.member)), re.fullmatch(words, problem.detail) is not None


def _beginning(response: httpx.Response) -> str:
    """Return the beginning of a body that is no problem, on one line."""
    try:
        text = " ".join(response.text.split())
    except (LookupError, ValueError, AssertionError):  # the charset is no charset, such as hex
        text = " ".join(response.content.decode("utf-8", "replace").split())
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


__all__ = [
    "ApiError",
    "ClientError",
    "NameTaken",
    "OutcomeUnknown",
    "TransportError",
    "UnreadableResponse",
    "ResourceNotFound",
    "CollectionNotFound",
    "MissingBearerToken",
    "InvalidBearerToken",
    "InvalidParameters",
    "ParametersNotSupported",
    "InvalidJson",
    "SchemaViolation",
    "RuleViolation",
    "ResourceConflict",
    "KeyReused",
    "OperationNotPermitted",
    "NotAcceptable",
    "InternalServerError",
    "PreconditionNotMet",
    "ServiceNotReady",
    "TooManyInFlight",
    "ServiceStopping",
    "MethodNotSupported",
    "PreloadedSourcesReadOnly",
    "HookSourceInUse",
    "NetappHooksReadOnly",
    "BodyTooLarge",
    "PostFailoverNotSupported",
    "HooksNotEnabled",
    "UnsupportedMediaType",
    "TooManyRequests",
    "MalformedRequest",
    "UnsupportedTransferCoding",
    "RequestTimeout",
    "RequestHeadTooLarge",
]
