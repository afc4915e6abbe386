"""Compares the contract with the last released one, or with another: `python -m diff [BASE] [REVISION]`."""

import argparse
import re
import sys
from pathlib import Path

import yaml

from diff.announced import missing
from diff.changes import Contract
from diff.comparison import compare
from diff.releases import CONTRACT, OPENAPI, contract, versions
from diff.report import FORMATS
from diff.shown import Shown

_VERSION = re.compile(r"\d+\.\d+\.\d+")


def main() -> int:
    """Print the comparison. Return 1 if --check finds it unannounced, 2 without a file to read."""
    arguments = _arguments()
    try:
        base = contract(arguments.base or versions()[-1])
        (before, _), (after, text) = _read(base), _read(arguments.revision)
    except (OSError, ValueError, yaml.YAMLError) as error:
        sys.stderr.write(f"{' '.join(str(error).split())}\n")
        return 2
    changes = compare(before, after)
    _print(FORMATS[arguments.format](changes, Shown(text)))
    if not arguments.check:
        return 0
    was, now = (str(each.document["info"]["version"]) for each in (before, after))
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


def _read(file: Path) -> tuple[Contract, str]:
    """Read a contract, and its text. Raises OSError, YAMLError, or ValueError for what is not valid."""
    text = file.read_text("utf-8")
    document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 both are safe
    try:
        version, read = document["info"]["version"], Contract.of(document)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{file} is no valid OpenAPI document: {error}") from error
    if not _VERSION.fullmatch(str(version)):
        raise ValueError(f"the version of {file} is not of three numbers: {version}")
    return read, text


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
