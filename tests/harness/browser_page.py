"""A tab of a browser: what tests do in it, and what they look at."""

import base64
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TIMEOUT_SECONDS = 30
Message = dict[str, Any]
_KEYS = {"Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), "ArrowDown": (40, ""), "k": (75, "k")}
_CONTROL = 2
_CLICKED = """await (async () => {{
  const element = {0};
  element?.scrollIntoView({{ block: "center" }});
  const before = element?.getBoundingClientRect();
  await new Promise((resume) => setTimeout(resume, 100));
  const after = element?.getBoundingClientRect();
  if (!element?.isConnected || before.x !== after.x || before.y !== after.y) return false;
  const hit = document.elementFromPoint(after.x + after.width / 2, after.y + after.height / 2);
  if (!element.contains(hit)) return false;
  element.focus();
  element.click();
  return true;
}})()"""
"""Clicks an element if it does not move and nothing covers it, at once, since pages move while they load."""


class Page:
    """A tab. ``errors`` are what its console reported, ``requests`` the URLs that it asked for.

    ``failed`` are the requests that ended with an error; ``send`` sends a command about the tab.
    """

    def __init__(self, send: Callable[[str, Message], Message]) -> None:
        self._send = send
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.failed: list[str] = []

    def send(self, method: str, parameters: Message | None = None) -> Message:
        """Send a command about this tab and return its result."""
        return self._send(method, parameters or {})

    def go(self, url: str) -> None:
        """Load a URL, and wait until all that it names is loaded."""
        failed = self.send("Page.navigate", {"url": url}).get("errorText")
        assert not failed, f"{url}: {failed}"
        self.wait_for("document.readyState === 'complete'")

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 any JSON
        """Return the value of an expression of JavaScript, as JSON; a promise is waited for."""
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        outcome = self.send("Runtime.evaluate", asked)
        assert "exceptionDetails" not in outcome, f"{expression}: {_exception(outcome)}"
        return outcome["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression of JavaScript has a value that counts as true there."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while not self.evaluate(f"(async () => !!({expression}))()"):
            assert time.monotonic() < deadline, f"{expression} did not become true; errors: {self.errors}"
            time.sleep(0.02)

    def click(self, element: str) -> None:
        """Wait until an element, given as an expression, has come to rest in view, and click it."""
        self.wait_for(_CLICKED.format(element))

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.send("Input.insertText", {"text": text})

    def press(self, key: str, *, control: bool = False) -> None:
        """Press a key by its name, such as Enter or Tab, or with Control."""
        code, text = _KEYS[key]
        pressed = {
            "key": key,
            "code": key if len(key) > 1 else f"Key{key.upper()}",
            "windowsVirtualKeyCode": code,
            "modifiers": _CONTROL if control else 0,
        }
        typed = "" if control else text
        self.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": typed, **pressed})
        self.send("Input.dispatchKeyEvent", {"type": "keyUp", **pressed})

    def screenshot(self, file: Path) -> None:
        """Write what is in view into a PNG file."""
        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))

    def note(self, event: Message) -> None:
        """Take note of an event of the tab."""
        given = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(given["request"]["url"])
            case "Runtime.exceptionThrown":
                self.errors.append(_exception(given))
            case "Runtime.consoleAPICalled" if given["type"] in {"error", "assert"}:
                self.errors.append(" ".join(str(each.get("value")) for each in given["args"]))
            case "Log.entryAdded" if given["entry"]["level"] == "error":
                entry = given["entry"]
                noted = self.failed if entry["source"] == "network" else self.errors
                noted.append(f"{entry['text']} {entry.get('url', '')}".strip())


def _exception(given: Message) -> str:
    details = given["exceptionDetails"]
    return str(details.get("exception", {}).get("description") or details["text"])
