"""Compares the contract with the last released one, or with another: `python -m diff [BASE] [REVISION]`."""

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from diff.announced import missing
from diff.changes import Contract
from diff.comparison import compare
from diff.releases import CONTRACT, OPENAPI, contract, versions
from diff.report import FORMATS
from diff.shown import Shown


def main() -> int:
    """Print the comparison. Return 1 if --check finds it unannounced, 2 without a file to read."""
    arguments = _arguments()
    try:
        base = contract(arguments.base or versions()[-1])
        before, (after, text) = _read(base)[0], _read(arguments.revision)
    except (OSError, ValueError, yaml.YAMLError) as error:
        sys.stderr.write(f"{' '.join(str(error).split())}\n")
        return 2
    changes = compare(Contract.of(before), Contract.of(after))
    _print(FORMATS[arguments.format](changes, Shown(text)))
    if not arguments.check:
        return 0
    was, now = (str(document["info"]["version"]) for document in (before, after))
    demands = missing(changes, was, now, arguments.changelog.read_text("utf-8"))
    _print("\n".join(f"Not announced: {each}." for each in demands) or "All of it is announced.")
    return 1 if demands else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m diff", description=__doc__)
    parser.add_argument("base", nargs="?", default="", help="a released version or a file (the last release)")
    parser.add_argument("revision", nargs="?", type=Path, default=CONTRACT, help="a file (the contract)")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--check", action="store_true", help="fail unless version and changelog announce it")
    parser.add_argument("--changelog", type=Path, default=OPENAPI.parent / "CHANGELOG.md")
    return parser.parse_args()


def _read(file: Path) -> tuple[dict[str, Any], str]:
    text = file.read_text("utf-8")
    document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 both are safe
    if not isinstance(document, dict) or "paths" not in document:
        raise ValueError(f"{file} is no OpenAPI document")
    return document, text


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
