"""Changes in words."""

from collections.abc import Callable
from typing import Any

from diff.edits import ABSENT, Edit
from diff.places import Path

_COUNTED = {
    "maxLength": ("at most", "character"),
    "minLength": ("at least", "character"),
    "maxItems": ("at most", "item"),
    "minItems": ("at least", "item"),
    "maxProperties": ("at most", "field"),
    "minProperties": ("at least", "field"),
}
_BOUNDS = {
    "maximum": "at most {}",
    "minimum": "at least {}",
    "multipleOf": "a multiple of {}",
    "pattern": "text that matches {}",
    "format": "in the format {}",
    "uniqueItems": "without equal items",
    "additionalProperties": "other fields",
}
_SECTIONS = {"path": "the path", "query": "the query", "headers": "the headers", "cookies": "the cookies"}
_FALSE_IS_ABSENT = {"uniqueItems", "exclusiveMinimum", "exclusiveMaximum"}


def effect(edit: Edit) -> str:
    """Say what was and what is, as what follows the name of a field."""
    return _TOLD.get(edit.keyword, _bound)(edit)


def place(path: Path) -> str:
    """Name the field that a path of a message's schema leads to, as ``body.metadata.labels[]``."""
    steps: list[str] = []
    waiting = list(path)
    while waiting:
        step = waiting.pop(0)
        if step == "properties":
            steps.append(str(waiting.pop(0)))
        elif step == "items":
            steps.append("[]")
        elif step in {"anyOf", "oneOf", "allOf"}:
            waiting.pop(0)
        elif step == "additionalProperties":
            steps.append("*")
    if not steps:
        return "the message"
    section, *rest = steps
    name = ".".join(rest).replace(".[]", "[]")
    if section == "body":
        return f"body {name}".strip()
    if section == "path":
        return f"path parameter {rest[0]}" if rest else "the path"
    kind = {"query": "query parameter", "headers": "header", "cookies": "cookie"}[section]
    return f"{kind} {name}" if rest else _SECTIONS[section]


def _bound(edit: Edit) -> str:
    """Tell of a keyword that bounds a value."""
    was, now = (_said(edit.keyword, each) for each in (edit.before, edit.after))
    if edit.keyword in _COUNTED:
        return f"has {now or 'any number'}, had {was or 'any number'}"
    return f"is {now or 'no longer bound'}, was {was or 'not bound'}"


def _said(keyword: str, value: Any) -> str | None:  # noqa: ANN401 any JSON
    if value is ABSENT or (keyword in _FALSE_IS_ABSENT and value is False):
        return None
    if keyword in _COUNTED:
        bound, noun = _COUNTED[keyword]
        return f"{bound} {value} {noun}{'' if value == 1 else 's'}"
    return _BOUNDS.get(keyword, f"{keyword} {{}}").format(_short(value))


def _enumeration(edit: Edit) -> str:
    if ABSENT in (edit.before, edit.after):
        return f"is {'no longer ' if edit.after is ABSENT else ''}one of {_listed(_either(edit))}"
    lost = [each for each in edit.before if each not in edit.after]
    gained = [each for each in edit.after if each not in edit.before]
    return f"no longer has the value {_listed(lost)}" if lost else f"may also be {_listed(gained)}"


def _property(edit: Edit) -> str:
    needed = edit.name in edit.schema.get("required", ())
    if edit.after is ABSENT:
        return f"no longer has {edit.name}"
    return f"has a new {'required' if needed else 'optional'} {edit.name}"


def _required(edit: Edit) -> str:
    return f"need not have {edit.name} any more" if edit.after is ABSENT else f"must have {edit.name}"


def _default(edit: Edit) -> str:
    was, now = ("nothing" if each is ABSENT else _short(each) for each in (edit.before, edit.after))
    return f"left out stands for {now}, was {was}"


def _type(edit: Edit) -> str:
    was, now = ("anything" if each is ABSENT else _listed(each) for each in (edit.before, edit.after))
    return f"is of type {now}, was {was}"


def _other_fields(edit: Edit) -> str:
    return "may have no other fields any more" if edit.after is False else "has another rule for other fields"


def _either(edit: Edit) -> Any:  # noqa: ANN401 any JSON
    return edit.before if edit.after is ABSENT else edit.after


def _listed(value: Any) -> str:  # noqa: ANN401 any JSON
    return ", ".join(map(_short, value if isinstance(value, list) else [value]))


def _short(value: Any) -> str:  # noqa: ANN401 any JSON
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


_TOLD: dict[str, Callable[[Edit], str]] = {
    "enum": _enumeration,
    "properties": _property,
    "required": _required,
    "default": _default,
    "type": _type,
    "additionalProperties": _other_fields,
}
