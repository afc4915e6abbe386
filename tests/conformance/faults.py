"""Servers that are wrong in one way each, to prove that judging them shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from judge.facts import Facts


@dataclass(frozen=True)
class Fault:
    """A change of the contract that a server is built from, or something around the server."""

    contract: Callable[[dict[str, Any]], None] = lambda schemas: None  # noqa: ARG005
    app: Callable[[ASGIApp], ASGIApp] = lambda app: app


def _limits_names(most: int) -> Callable[[dict[str, Any]], None]:
    def change(schemas: dict[str, Any]) -> None:
        schemas["ExecutionHookName"]["maxLength"] = most

    return change


def _forgets_the_stage_rule(schemas: dict[str, Any]) -> None:
    del schemas["NewExecutionHook"]["not"]


def _promises_a_modifier(schemas: dict[str, Any]) -> None:
    schemas["Metadata"]["required"].append("modifiedBy")


def _sends(change: Callable[[Message], None]) -> Callable[[ASGIApp], ASGIApp]:
    """Change every message that a server sends."""

    def wrap(app: ASGIApp) -> ASGIApp:
        async def changed(scope: Scope, receive: Receive, send: Send) -> None:
            async def send_changed(message: Message) -> None:
                change(message)
                await send(message)

            await app(scope, receive, send_changed)

        return changed

    return wrap


def _without_etag(message: Message) -> None:
    if message["type"] == "http.response.start":
        del MutableHeaders(scope=message)["ETag"]


def _with_a_member_more(message: Message) -> None:
    if message["type"] == "http.response.start":
        del MutableHeaders(scope=message)["Content-Length"]
    elif message.get("body", b"").startswith(b'{"type": "application/'):
        message["body"] = b'{"more": true, ' + message["body"][1:]


def _lets_anyone_in(app: ASGIApp) -> ASGIApp:
    async def changed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            MutableHeaders(scope=scope)["Authorization"] = Facts.from_environment().authorization
        await app(scope, receive, send)

    return changed


FAULTS = {
    "takes longer names": Fault(contract=_limits_names(64)),
    "refuses the longest names": Fault(contract=_limits_names(62)),
    "forgets the stage rule": Fault(contract=_forgets_the_stage_rule),
    "breaks what it promises": Fault(contract=_promises_a_modifier),
    "leaves out ETag": Fault(app=_sends(_without_etag)),
    "answers with a member more": Fault(app=_sends(_with_a_member_more)),
    "lets anyone in": Fault(app=_lets_anyone_in),
}
"""The faults by what the server does."""
