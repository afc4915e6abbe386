"""The fields of a body as options of a command, and a body made of them."""

import base64
import re
from collections.abc import Iterator, Mapping
from typing import Any

import click

from execution_hooks.cli.inputs import InputFile

Schema = Mapping[str, Any]

_READ_ONLY = {"id", "matchingContainers", "matchingImages", "private", "preloaded", "sourceMD5Checksum"}
"""Members of an update that hold what was read: a file may have them, and nobody sets them."""
_SINGULAR = {
    "arguments": "argument",
    "matchingCriteria": "criterion",
    "source": "script",
    "metadata": "label",
}
"""Options of another name than their field: those that may be repeated, and the one that reads a file."""
_HELP = {
    "metadata": "A label of your own",
    "source": "File with the script, - for standard input",
    "matchingCriteria": "A criterion on containers, as podName=^db-, whose pattern is RE2",
}
"""What is said of options whose value is not written as the field is."""
USUAL = {"hookType": "custom"}
"""What a new resource has unless another value is given, where the contract allows several."""


class Pair(click.ParamType[tuple[str, str]]):
    """Two texts with ``=`` between them."""

    def __init__(self, first: str, second: str) -> None:
        self.name = f"{first}={second}"

    def convert(
        self,
        value: Any,  # noqa: ANN401 click's
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, str]:
        """Take it apart at the first ``=``."""
        if isinstance(value, tuple):
            return value
        first, equals, second = value.partition("=")
        if not equals:
            self.fail(f"{value!r} must be {self.name}", param, ctx)
        return first, second


def options(members: Mapping[str, Schema]) -> Iterator[click.Option]:
    """Yield an option for each field that a client chooses."""
    for name, schema in members.items():
        if name not in _READ_ONLY and not _constant(name, schema):
            yield _option(name, schema)


def given(members: Mapping[str, Schema], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that options set, of the values of all options by their parameters."""
    parameters = {name: _parameter(name) for name in members}
    return {name: values[each] for name, each in parameters.items() if values.get(each) not in (None, ())}


def body(
    members: Mapping[str, Schema],
    document: Mapping[str, Any],
    values: Mapping[str, Any],
    usual: Mapping[str, str],
) -> dict[str, Any]:
    """Return a body: what a file holds, and what options set over it.

    A field that neither has is what the contract leaves no choice of, or what is ``usual``.
    """
    chosen = {
        name: _value(name, members[name], document, value) for name, value in given(members, values).items()
    }
    constants = {name: _constant(name, schema) or usual.get(name) for name, schema in members.items()}
    return {**{name: value for name, value in constants.items() if value}, **document, **chosen}


def _option(name: str, schema: Schema) -> click.Option:
    text = _HELP.get(name) or _first_sentence(schema["description"])
    kind, repeated = _kind(name, schema)
    return click.Option(
        [f"--{_parameter(name).replace('_', '-')}", _parameter(name)],
        type=kind,
        multiple=repeated,
        help=f"{text}; may be repeated." if repeated else f"{text}.",
        metavar=None if isinstance(kind, click.Choice) else (kind.name or "text").upper(),
    )


def _kind(name: str, schema: Schema) -> tuple[click.ParamType[Any], bool]:
    """Return the type of a field's option, and whether it may be repeated."""
    if name == "metadata":
        return Pair("NAME", "VALUE"), True
    if schema.get("format") == "byte":
        return InputFile(), False
    if schema.get("type") == "array":
        return (Pair("TYPE", "PATTERN") if schema["items"]["type"] == "object" else click.STRING), True
    return (click.Choice(schema["enum"]) if "enum" in schema else click.STRING), False


def _value(name: str, schema: Schema, document: Mapping[str, Any], given: Any) -> Any:  # noqa: ANN401 any JSON value
    if name == "metadata":
        before = document.get(name)
        labels = [{"name": label, "value": value} for label, value in given]
        return {**(before if isinstance(before, dict) else {}), "labels": labels}
    if schema.get("format") == "byte":
        return base64.b64encode(given.payload).decode("ascii")
    if schema.get("type") == "array":
        return [
            dict(zip(("type", "value"), each, strict=True)) if isinstance(each, tuple) else each
            for each in given
        ]
    return given


def _constant(name: str, schema: Schema) -> str:
    """Return the one value that a field can have, or the newest version; empty if there is a choice."""
    values = schema.get("enum", ())
    return str(values[-1]) if len(values) == 1 or (name == "version" and values) else ""


def _parameter(name: str) -> str:
    """Return the name of a field as options have it: ``hookSourceID`` as ``hook_source_id``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", _SINGULAR.get(name, name)).lower()


def _first_sentence(text: str) -> str:
    """Return the first sentence of a description in Markdown, as plain text on one line."""
    plain = " ".join(text.split()).replace("**", "").replace("`", "")
    return re.split(r"(?<=[.:;]) ", plain, maxsplit=1)[0].rstrip(".:;")
