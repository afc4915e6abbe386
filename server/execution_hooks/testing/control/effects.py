"""What becomes of a request that meets a fault."""

import asyncio
from contextlib import suppress
from http import HTTPStatus

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from execution_hooks.http.guard import problem_messages
from execution_hooks.http.request_context import CONTEXT, RequestContext
from execution_hooks.problems.problem import Problem, ProblemError
from execution_hooks.problems.translation import problem_for

_PAGE = b"<html><body><h1>The server behind this proxy did not respond.</h1></body></html>\n"
_PAGE_HEADERS = [(b"content-type", b"text/html"), (b"content-length", str(len(_PAGE)).encode())]


async def cut_before(_app: ASGIApp, _scope: Scope, _receive: Receive, _send: Send) -> None:
    """Do nothing and send nothing, upon which the wire resets the connection."""


async def cut_after(app: ASGIApp, scope: Scope, receive: Receive, _send: Send) -> None:
    """Carry the request out and send nothing."""
    await _kept(app, scope, receive)


async def delay_before(seconds: float, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Do nothing for some seconds; then carry the request out, unless its client has left."""
    received = iter(await _pause(seconds, receive))

    async def receive_anew() -> Message:
        message = next(received, None)
        return await receive() if message is None else message

    context: RequestContext = scope[CONTEXT]
    context.receive = receive_anew
    await app(scope, receive_anew, send)


async def delay_after(seconds: float, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Carry the request out, and hold its response back for some seconds."""
    messages = await _kept(app, scope, receive)
    await _pause(seconds, receive)
    for message in messages:
        await send(message)


async def truncate(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Carry the request out, and close the connection after half of the body; without one, send nothing."""
    messages = await _kept(app, scope, receive)
    body = b"".join(message.get("body", b"") for message in messages)
    if body:
        context: RequestContext = scope[CONTEXT]
        context.closes_unfinished = True
        await send(messages[0])
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})


async def respond_with_problem(
    problem: Problem, _app: ASGIApp, _scope: Scope, _receive: Receive, _send: Send
) -> None:
    """Do nothing, and refuse the request."""
    raise ProblemError(problem)


async def respond_with_page(status: int, _app: ASGIApp, _scope: Scope, _receive: Receive, send: Send) -> None:
    """Do nothing, and respond as a proxy does, in HTML."""
    await send({"type": "http.response.start", "status": status, "headers": _PAGE_HEADERS})
    await send({"type": "http.response.body", "body": _PAGE})


async def _pause(seconds: float, receive: Receive) -> list[Message]:
    """Wait, and return what the client has sent meanwhile. Raises ClientDisconnect once it has left."""
    received: list[Message] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (message := await receive())["type"] != "http.disconnect":
                received.append(message)
            raise ClientDisconnect
    return received


async def _kept(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    """Have a request carried out, or refused, and keep the response. Raises ClientDisconnect."""
    context: RequestContext = scope[CONTEXT]
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    try:
        await app(scope, receive, keep)
    except ClientDisconnect:
        raise
    except Exception as error:  # noqa: BLE001 what the guard would do
        problem = problem_for(error, context.body)
        context.failure = None if problem.status < HTTPStatus.INTERNAL_SERVER_ERROR else error
        return problem_messages(problem, context.correlation_id)
    return messages
