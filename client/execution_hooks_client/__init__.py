"""A client of the execution hooks, hook sources and apps of NetApp Astra Control.

``ExecutionHooks`` and ``AsyncExecutionHooks`` are an account on a server. Below them stand one function for each
operation (``api``), the resources (``models``) and what is raised (``errors``).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .async_api import AsyncExecutionHooks
    from .client import AuthenticatedClient
    from .errors import ApiError, ClientError, NameTaken, OutcomeUnknown, TransportError
    from .resources import Hook, Page, Source
    from .retries import Retries
    from .sync_api import ExecutionHooks

_MODULES = {
    "AsyncExecutionHooks": "async_api",
    "AuthenticatedClient": "client",
    "ApiError": "errors",
    "ClientError": "errors",
    "NameTaken": "errors",
    "OutcomeUnknown": "errors",
    "TransportError": "errors",
    "Hook": "resources",
    "Source": "resources",
    "Page": "resources",
    "Retries": "retries",
    "ExecutionHooks": "sync_api",
}

__all__ = (
    "ApiError",
    "AsyncExecutionHooks",
    "AuthenticatedClient",
    "ClientError",
    "ExecutionHooks",
    "Hook",
    "Source",
    "NameTaken",
    "OutcomeUnknown",
    "Page",
    "Retries",
    "TransportError",
)


def __getattr__(name: str) -> object:
    """Import what is asked for, so that a program waits only for what it uses."""
    if name in _MODULES:
        return getattr(import_module(f".{_MODULES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
