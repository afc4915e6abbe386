"""A server, as options and the environment name it, and the calls of it that commands make."""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import click

from execution_hooks.cli.failures import refused
from execution_hooks.cli.remote.operations import Operation
from execution_hooks.cli.remote.refusals import failure_of
from execution_hooks_client import AuthenticatedClient, ClientError
from execution_hooks_client.transport import nothing, send

Document = dict[str, Any]

_PAGE = 100
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Server:
    """An account on a server. Calls raise Failure for what is no success."""

    client: AuthenticatedClient
    account_id: str

    def list(self, operation: Operation, **query: str) -> Iterator[Document]:
        """Yield the resources of a list, page by page."""
        more: str | None = None
        while True:
            page = {"limit": str(_PAGE), **query, **({"continue": more} if more else {})}
            items, more = self._call(operation, _read_page, params=page)
            yield from items
            if more is None:
                return

    def read(self, operation: Operation, identifier: str) -> Document:
        """Return a resource."""
        document: Document = self._call(operation, _read_resource, identifier)
        return document

    def create(self, operation: Operation, body: Mapping[str, Any]) -> Document:
        """Create a resource and return it; the client repeats that where it is safe."""
        document: Document = self._call(operation, _read_resource, json=body)
        return document

    def change(self, operation: Operation, identifier: str, body: Mapping[str, Any]) -> None:
        """Change a resource."""
        self._call(operation, nothing, identifier, json=body)

    def delete(self, operation: Operation, identifier: str) -> None:
        """Delete a resource."""
        self._call(operation, nothing, identifier)

    def identified(self, listing: Operation, noun: str, text: str) -> str:
        """Return the id of the resource that a text names, by its id or its name."""
        if _UUID.fullmatch(text):
            return text
        quoted = text.replace("'", "''")
        found = [each["id"] for each in self.list(listing, filter=f"name eq '{quoted}'")]
        if not found:
            raise refused(f"there is no {noun} of the id or name {text!r}")
        if len(found) > 1:
            raise refused(f"several {noun}s are called {text!r}; name one by its id")
        identifier: str = found[0]
        return identifier

    def _call(
        self,
        operation: Operation,
        read: Callable[[Any], Any],
        identifier: str = "",
        **request: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401 what ``read`` returns
        path = re.sub(r"{account_id}", self.account_id, operation.template)
        url = re.sub(r"{\w+}", identifier, path)
        try:
            return send(
                self.client, {"method": operation.method, "url": url, **request}, operation.success, read
            ).parsed
        except ClientError as error:
            raise failure_of(error, self.client.base_url) from error


@contextmanager
def server_at(url: str | None, token: str | None, account_id: str | None, ca: str | None) -> Iterator[Server]:
    """Open a server. Raises a usage error for what is missing or cannot be used."""
    _check_given(url=url, token=token, account=account_id)
    address, secret, account = str(url).strip(), str(token).strip(), str(account_id).strip()
    if not _is_url(address):
        raise click.UsageError(f"--url: {address!r} must be an http or https URL, as http://127.0.0.1:8080")
    try:
        UUID(account)
    except ValueError:
        raise click.UsageError(f"--account: {account!r} must be the id of an account, a UUID") from None
    try:
        client = AuthenticatedClient(address, secret, verify_ssl=_trust(ca))
    except ValueError as error:
        raise click.UsageError(f"--token: {error}") from None
    with client:
        yield Server(client, account)


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _trust(ca: str | None) -> ssl.SSLContext | bool:
    if not ca:
        return True
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as error:
        raise click.UsageError(
            f"--ca: {os.fspath(ca)!r} is no file of PEM certificates: {error.strerror}"
        ) from None


def _check_given(**values: str | None) -> None:
    missing = [name for name, value in values.items() if value is None or not value.strip()]
    if missing:
        options = " and ".join(f"--{name}" for name in missing)
        variables = " and ".join(f"EXECUTION_HOOKS_{name.upper()}" for name in missing)
        raise click.UsageError(
            f"Give {options}, or set {variables}. 'execution-hooks serve --demo' prints them. "
            "To administer the store without a server, see 'execution-hooks admin'."
        )


def _read_resource(document: Any) -> Document:  # noqa: ANN401 any JSON value
    named = {name: document[name] for name in ("id", "name")}
    if not all(isinstance(each, str) for each in named.values()):
        raise TypeError("the id and the name of a resource are text")
    return dict(document)


def _read_page(document: Any) -> tuple[list[Document], str | None]:  # noqa: ANN401 any JSON value
    return [_read_resource(each) for each in document["items"]], document["metadata"].get("continue") or None
