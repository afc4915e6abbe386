"""Witnesses and places as people and programs read them: requests with their path, lines of a file."""

import json
import re
from typing import Any
from urllib.parse import quote, urlencode

import yaml

from diff.changes import Witness
from diff.places import Path, pointer

_LONGEST = 60
_MOST = 400


class Shown:
    """Shows what stands in a contract by the lines of its text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        self._note(yaml.compose(text, Loader=_LOADER), ())

    def line_of(self, where: str) -> int | None:
        """Return the line of the key that a JSON Pointer leads to, or None if the text has none."""
        return self._lines.get(where)

    def line(self, witness: Witness) -> str:
        """Write a witness in one line, long texts cut."""
        whole = self.whole(witness)
        if "name" in whole:
            return str(whole["name"])
        first = f"{whole['method']} {whole['url']}" if "method" in whole else f"{whole['status']}"
        rest = [f"{name}: {value}" for name, value in whole["headers"].items()]
        if "body" in whole:
            rest.append(json.dumps(_cut(whole["body"]), ensure_ascii=False))
        if "spacesAfterBody" in whole:
            rest.append(f"and {whole['spacesAfterBody']} spaces")
        if "credentials" in whole:
            rest.append(f"with {whole['credentials']}")
        text = " ".join([first, *rest]).replace("\x00", "\\u0000")
        return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"

    def whole(self, witness: Witness) -> dict[str, Any]:
        """Return a witness: a request with ``method`` and ``url``, a response with ``status``, a ``name``."""
        key, message = witness.key, dict(witness.message)
        if "name" in message:
            return message
        headers = {name: str(value) for name, value in message.pop("headers", {}).items()}
        if key is not None and key.media_type:
            headers["Content-Type"] = key.media_type
        if key is None or key.status:
            status = key.status if key is not None else message["body"]["status"]
            return {"status": status, "headers": headers, **message}
        url, query, cookies = (message.pop(part, {}) for part in ("path", "query", "cookies"))
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return {
            "method": key.method.upper(),
            "url": _url(key.path, url, query),
            "headers": headers,
            **message,
        }

    def _note(self, node: yaml.Node | None, path: Path) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = (*path, str(key.value))
                self._lines[pointer(inner)] = key.start_mark.line + 1
                self._note(value, inner)
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                self._lines[pointer((*path, number))] = value.start_mark.line + 1
                self._note(value, (*path, number))


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _url(path: str, values: dict[str, Any], query: dict[str, Any]) -> str:
    ordered = iter(values[name] for name in sorted(values, key=int))
    filled = re.sub(r"\{\}", lambda _: quote(str(next(ordered, "")), safe=""), path)
    return f"{filled}?{urlencode(query)}" if query else filled


def _cut(value: Any) -> Any:  # noqa: ANN401 any JSON
    """Shorten the long texts and lists of a value."""
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[:12]}… ({len(value):,} characters)"
    if isinstance(value, list):
        return [*map(_cut, value[:2]), *([f"… ({len(value):,} items)"] if len(value) > 2 else [])]
    return {name: _cut(each) for name, each in value.items()} if isinstance(value, dict) else value
