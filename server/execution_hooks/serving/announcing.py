"""A server that says where it is once it listens: on its standard streams and, if wanted, in a file."""

import json
import shlex
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import uvicorn

from execution_hooks.cli.output import OutputLost, ReaderGone, hand_out, write_out
from execution_hooks.http.wire.descriptors import DescriptorWatch
from execution_hooks.log import request_log
from execution_hooks.serving.listening import url_of
from execution_hooks.serving.provisioning import Provisions
from execution_hooks.settings import Settings
from execution_hooks.store.directory import Directory
from execution_hooks.store.urls import shown
from execution_hooks.testing import demo as demonstration
from execution_hooks.testing.control.parts import Control
from execution_hooks.testing.ready_file import write_ready_file


class AnnouncingServer(uvicorn.Server):
    """Tells its URLs once it listens, and not before; and when it has no descriptors for more connections.

    If it cannot tell its URLs, it stops; ``failure`` says why.
    """

    def __init__(
        self, config: uvicorn.Config, announce: Callable[[Sequence[str]], None], worker: int | None = None
    ) -> None:
        super().__init__(config)
        self._announce = announce
        self._descriptors = DescriptorWatch(request_log(worker=worker))
        self.failure: Exception | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        await super().startup(sockets)
        if self.started and sockets:
            self._descriptors.start(self.server_state.connections)
            try:
                self._announce([url_of(each, tls=bool(self.config.ssl)) for each in sockets])
            except (OSError, OutputLost, ReaderGone) as error:
                self.failure, self.should_exit = error, True


@dataclass(frozen=True)
class Announcement:
    """What a server has to tell once it listens."""

    settings: Settings
    directory: Directory
    provisions: Provisions
    control: Control | None
    ready_file: Path | None
    purposes: Sequence[str]

    def make(self, urls: Sequence[str]) -> None:
        """Tell where the server is, its control and its metrics if it has them, and what to send there.

        ``urls`` are for the ``purposes``, in their order. Raises OSError, OutputLost or ReaderGone.
        """
        by_purpose = dict(zip(self.purposes, urls, strict=True))
        if "metrics" in by_purpose:
            by_purpose["metrics"] += "/metrics"
        if self.ready_file is not None:
            write_ready_file(self.ready_file, self._ready(by_purpose))
        url, store = by_purpose["url"], shown(self.settings.database)
        click.echo(f"Execution Hooks at {url}, reference at {url}/docs, store {store}", err=True)
        if "metrics" in by_purpose:
            click.echo(f"Metrics at {by_purpose['metrics']}", err=True)
        if self.control is not None:
            write_out(f"Control at {by_purpose['control']}, token {self.control.access.token}")
        if self.provisions.seeded:
            write_out(json.dumps(self.provisions.seeded, indent=2))
        if self.provisions.demo:
            self._show_demo(url)

    def _ready(self, by_purpose: Mapping[str, str]) -> Mapping[str, Any]:
        ready: dict[str, Any] = {**by_purpose, **self.provisions.demo}
        if self.provisions.seeded:
            ready["seeded"] = self.provisions.seeded
        if self.control is not None:
            ready["controlToken"] = self.control.access.token
        return ready

    def _show_demo(self, url: str) -> None:
        if self.settings.tls_cert:
            certificate = shlex.quote(str(self.settings.tls_cert.absolute()))
            click.echo(f"\nWhere the certificate is not trusted, add to the command: --cacert {certificate}")
        token = self.provisions.demo["token"]
        expires = self.control is None
        text = demonstration.shown(public_url(self.settings) or url, token, expires=expires)
        hand_out(token, text, self.directory)


def public_url(settings: Settings) -> str:
    """Return the URL under which clients see the server, without a slash at its end; empty if not given."""
    return str(settings.public_url or "").rstrip("/")
