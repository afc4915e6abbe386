"""Rules, and what a rule is asked about: a hook, with what it hits and the hooks beside it."""

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.hook import ExecHook
from execution_hooks.kubernetes.exechook.preview import Preview
from execution_hooks.matching.containers import Container

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Subject:
    """A hook: its preview, those of all hooks of its Application, its own among them, and the cluster."""

    preview: Preview
    beside: Sequence[Preview]
    cluster: Cluster

    @property
    def hook(self) -> ExecHook:
        """The hook."""
        return self.preview.hook

    @cached_property
    def script(self) -> bytes | None:
        """The hook's script; None if that is not base64. Line ends in the base64 do not count."""
        return decoded_script(self.hook.source)

    @cached_property
    def hit(self) -> tuple[Container, ...]:
        """The containers that the hook hits."""
        return hit(self.preview)

    def others(self, stage: str) -> list[Preview]:
        """Return the enabled hooks beside it that run at a stage of the same action."""
        return [
            each
            for each in self.beside
            if each.hook.enabled
            and (each.hook.action, each.hook.stage) == (self.hook.action, stage)
            and each.hook.key != self.hook.key
        ]


def decoded_script(source: str) -> bytes | None:
    """Decode a script from base64, whose line ends do not count; None if it is none."""
    try:
        return base64.b64decode(source.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        return None


def hit(preview: Preview) -> tuple[Container, ...]:
    """Return the containers that a preview's hook hits."""
    explanation = preview.explanation
    if explanation is None:
        return ()
    marked = zip(explanation.containers, explanation.marks, strict=True)
    return tuple(container for container, marks in marked if all(marks))


@dataclass(frozen=True)
class Rule:
    """A rule: ``summary`` says what is wrong, ``remedy`` what to do; ``check`` yields a message for a case.

    One that ``needs_pods`` is not asked where no pods were given.
    """

    id: str
    level: Level
    summary: str
    remedy: str
    check: Callable[[Subject], Iterator[str]]
    needs_pods: bool = False


def some(names: Sequence[str], most: int = 3) -> str:
    """Name the first few, and count the others."""
    named = ", ".join(names[:most])
    return named if len(names) <= most else f"{named} and {len(names) - most} more"
