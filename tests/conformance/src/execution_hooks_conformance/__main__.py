"""Judges the server at a URL by the contract: ``make conformance`` in a checkout.

Without make it is ``python -m execution_hooks_conformance URL``. What must exist on the server is named by
environment variables (see facts.py). Exit status 0 says that the server conforms, 1 that it does not, 2 that
the command was used wrongly, 3 that it cannot be judged.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory

import yaml

from execution_hooks_conformance.bundled import CONFIG, CONTRACT
from execution_hooks_conformance.conclusion import Exit, conclude
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.preflight import CannotBeJudged, check
from execution_hooks_conformance.run import Runner
from execution_hooks_conformance.verdict import Verdict

_FULL = (("--phases", "examples,coverage,fuzzing"), 13)
_SHORT = (("--phases", "examples,fuzzing", "--max-examples", "5", "--warnings", "off"), 3)
"""Options for Schemathesis' command, and how many suites of walks along the links follow.

Its warnings are about the share of requests that an operation refuses: of a few requests that says nothing.
"""
_SHORTEST_KEY = 3
"""Of so many characters there are keys enough to judge an account again."""
_USAGE = "make conformance URL=... TOKEN=... ACCOUNT=... APP=... [LIMITED_APP=...] [ARGS=--short]"


def main() -> int:
    """Judge, and print the conclusion."""
    parser = argparse.ArgumentParser(prog="conformance", usage=_USAGE)
    parser.add_argument("url", metavar="URL", type=_url, help="of the server")
    parser.add_argument("--short", action="store_true", help="send hundreds of requests, not thousands")
    given = parser.parse_args()
    try:
        facts = replace(Facts.from_environment(), shortest_key=_SHORTEST_KEY)
    except KeyError as error:
        parser.error(f"{error.args[0]} is not set")
    try:
        check(given.url, facts)
        _say(f"Judging {given.url}, which takes {'a minute' if given.short else 'some minutes'}...")
        exit_status, lines = conclude(_judge(given.url, facts, short=given.short), _operations())
    except CannotBeJudged as error:
        exit_status, lines = Exit.CANNOT_BE_JUDGED, f"Cannot be judged: {error}"
    except TimeoutExpired as error:
        exit_status, lines = Exit.CANNOT_BE_JUDGED, f"Cannot be judged: not done in {error.timeout:.0f} s."
    except AssertionError as error:
        exit_status, lines = Exit.CANNOT_BE_JUDGED, f"{error}\nCannot be judged: a run left no report."
    _say(lines)
    return exit_status


def _url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text!r} does not begin with http:// or https://")
    return text.rstrip("/")


def _judge(url: str, facts: Facts, *, short: bool) -> Verdict:
    """Judge in two runs, one after the other: the account is theirs alone."""
    options, suites = _SHORT if short else _FULL
    with TemporaryDirectory() as folder:
        suite = Runner(CONTRACT, CONFIG, cache=Path(folder))
        return suite.judge(url, facts, Path(folder), options) + suite.walk(url, facts, Path(folder), suites)


def _operations() -> set[str]:
    paths = yaml.safe_load(CONTRACT.read_text("utf-8"))["paths"]
    return {f"{method.upper()} {path}" for path in paths for method in paths[path] if method != "parameters"}


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
