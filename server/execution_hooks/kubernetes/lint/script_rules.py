"""Rules about a hook's script. No message quotes it."""

from codecs import BOM_UTF8
from collections.abc import Iterator

from execution_hooks.kubernetes.lint.rules import Rule, Subject

LONGEST_SCRIPT = 96 * 1024
"""Bytes of a script, as the product's documents limit it."""


def _missing(subject: Subject) -> Iterator[str]:
    if not subject.hook.source or subject.script == b"":
        yield "spec.hookSource is empty"


def _not_base64(subject: Subject) -> Iterator[str]:
    if subject.script is None:
        yield "spec.hookSource is not base64"


def _too_long(subject: Subject) -> Iterator[str]:
    if len(subject.script or b"") > LONGEST_SCRIPT:
        yield f"the script has {len(subject.script or b''):,} bytes of {LONGEST_SCRIPT:,}"


def _carriage_return(subject: Subject) -> Iterator[str]:
    before, found, _ = (subject.script or b"").partition(b"\r")
    if found:
        yield f"the script has a carriage return in line {before.count(10) + 1}"


def _byte_order_mark(subject: Subject) -> Iterator[str]:
    if (subject.script or b"").startswith(BOM_UTF8):
        yield "the script begins with a byte order mark"


def _no_interpreter(subject: Subject) -> Iterator[str]:
    script = (subject.script or b"").removeprefix(BOM_UTF8)
    if script and not script.startswith(b"#!"):
        yield "the script does not begin with #!"


RULES = (
    Rule("script-missing", "error", "The hook has no script.", "Set spec.hookSource.", _missing),
    Rule(
        "script-not-base64",
        "error",
        "spec.hookSource is not base64.",
        "Encode the script, as by base64 -w0 FILE.",
        _not_base64,
    ),
    Rule(
        "script-too-long",
        "error",
        "The script is longer than 96 KB.",
        "Put the rest into the image, and call it.",
        _too_long,
    ),
    Rule(
        "script-carriage-return",
        "error",
        "The script has carriage returns, which a shell takes for part of a command.",
        "Save it with the line ends of Unix.",
        _carriage_return,
    ),
    Rule(
        "script-byte-order-mark",
        "error",
        "The script begins with a byte order mark, so the kernel does not find #!.",
        "Save it without.",
        _byte_order_mark,
    ),
    Rule(
        "script-without-interpreter",
        "warning",
        "The script does not name its interpreter.",
        "Begin it with a line such as #!/bin/sh.",
        _no_interpreter,
    ),
)
