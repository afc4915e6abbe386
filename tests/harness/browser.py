"""A headless Chromium, driven by its DevTools protocol over a pipe: no driver, no port, no download."""

import json
import os
import select
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from tempfile import TemporaryDirectory

from harness.browser_page import TIMEOUT_SECONDS, Message, Page

INSTALL = "Chromium is not installed; on Debian: apt-get install chromium"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",  # which root, and most containers, cannot have
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--hide-scrollbars",
)
_WITH_PIPES = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads commands from descriptor 3 and writes responses and events to descriptor 4."""
_DOMAINS = ("Page", "Runtime", "Log", "Network")


def binary() -> str | None:
    """Find the browser's command; None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


class Browser:
    """A running browser; ``commands`` and ``messages`` are the ends of its pipes that are ours."""

    def __init__(self, commands: int, messages: int) -> None:
        self._commands = commands
        self._messages = messages
        self._number = 0
        self._partial = b""
        self._received = deque[Message]()
        self._pages: dict[str, Page] = {}

    def send(self, method: str, parameters: Message | None = None, session: str | None = None) -> Message:
        """Send a command and return its result; events that come first go to their pages."""
        self._number += 1
        number = self._number
        command: Message = {"id": number, "method": method, "params": parameters or {}}
        if session:
            command["sessionId"] = session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while (message := self._next(TIMEOUT_SECONDS)).get("id") != number:
            self._hand_on(message)
        assert "error" not in message, f"{method}: {message['error']['message']}"
        result: Message = message["result"]
        return result

    def open(self, url: str, *, width: int = 1280, height: int = 900, dark: bool = False) -> Page:
        """Open a page in a profile of its own, and wait until it is loaded."""
        context = self.send("Target.createBrowserContext")["browserContextId"]
        target = self.send("Target.createTarget", {"url": "about:blank", "browserContextId": context})
        attached = self.send("Target.attachToTarget", {"targetId": target["targetId"], "flatten": True})
        session = attached["sessionId"]
        page = self._pages[session] = Page(partial(self.send, session=session))
        for domain in _DOMAINS:
            page.send(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        page.send("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.send("Emulation.setEmulatedMedia", {"features": [scheme]})
        page.go(url)
        return page

    def _hand_on(self, message: Message) -> None:
        if page := self._pages.get(message.get("sessionId", "")):
            page.note(message)

    def _next(self, seconds: float) -> Message:
        while not self._received:
            readable, _, _ = select.select([self._messages], [], [], seconds)
            assert readable, "the browser sent nothing in time"
            read = os.read(self._messages, 1 << 20)
            assert read, "the browser has ended"
            *whole, self._partial = (self._partial + read).split(b"\0")
            self._received.extend(json.loads(each) for each in whole)
        return self._received.popleft()


@contextmanager
def running() -> Iterator[Browser]:
    """Run a browser, with a profile that is removed afterwards."""
    command = binary()
    assert command, INSTALL
    to_read, commands = os.pipe()
    messages, to_write = os.pipe()
    with TemporaryDirectory(prefix="browser", ignore_cleanup_errors=True) as profile:
        start = [sys.executable, "-c", _WITH_PIPES, str(to_read), str(to_write)]
        process = subprocess.Popen(
            [*start, command, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=[to_read, to_write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        browser = Browser(commands, messages)
        try:
            yield browser
            browser.send("Browser.close")
        finally:
            os.close(commands)
            os.close(messages)
            process.kill()
            process.wait(TIMEOUT_SECONDS)
