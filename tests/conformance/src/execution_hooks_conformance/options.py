"""The command line: what is asked for, from arguments and environment variables."""

import argparse
import ipaddress
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from execution_hooks_conformance.baseline import InvalidBaseline, KnownFailure
from execution_hooks_conformance.baseline import read as read_baseline
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.levels import Level

_SHORTEST_KEY = 3
"""Of so many characters there are keys enough to judge an account again."""
_ACCOUNT = "/accounts/"
PHASES = ("directed", "generated", "links")
"""What a run consists of: requests with a purpose each, requests made up, and walks along links."""
_EPILOG = """\
Exit status: 0 the server conforms, 1 it does not, 2 wrong usage, 3 it cannot be judged.
Each option that takes a value can be set as CONFORMANCE_..., too, as in CONFORMANCE_TOKEN and
CONFORMANCE_ACCOUNT_ID. `execution-hooks-conformance promises` lists what a server is held to.
"""


@dataclass(frozen=True)
class Options:
    """What is asked for. ``only`` and ``require`` are names of operations; ``require`` may be ``all``."""

    url: str
    facts: Facts
    level: Level
    only: frozenset[str]
    require: frozenset[str]
    seed: int | None
    most_requests: int
    report: Path | None
    baseline: list[KnownFailure]
    ca_file: str
    is_short: bool
    phases: frozenset[str] = frozenset(PHASES)


def read(
    arguments: Sequence[str], names: Sequence[str], environment: Mapping[str, str] = os.environ
) -> Options:
    """Read them; ``names`` are those that operations have. Ends the process with status 2 on wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    url, _, account = given.url.rstrip("/").partition(_ACCOUNT)
    known = {
        "account_id": given.account or account.partition("/")[0],
        "token": given.token,
        "app_id": given.app,
        "limited_app_id": given.limited_app,
        "source_id": given.source,
        "viewer_token": given.viewer_token,
        "foreign_account_id": given.foreign_account,
        "foreign_token": given.foreign_token,
    }
    facts = {
        name: value or environment.get(f"CONFORMANCE_{name.upper()}") or None for name, value in known.items()
    }
    for name, option in (("token", "--token"), ("account_id", "--account")):
        if not facts[name]:
            parser.error(f"{option} is missing, and CONFORMANCE_{name.upper()} is not set")
    if not (given.allow_writes or _is_loopback(url)):
        parser.error(f"{url} is not on this machine: add --allow-writes to create and delete hooks there")
    phases = _names(given.phases)
    if unknown := phases - {*PHASES}:
        parser.error(f"--phases {','.join(sorted(unknown))}: known are {', '.join(PHASES)}")
    try:
        known_failures = read_baseline(given.baseline) if given.baseline else []
    except InvalidBaseline as error:
        parser.error(f"--baseline {error}")
    chosen = {"only": _names(given.only), "require": _names(given.require)}
    for option, some in chosen.items():
        if unknown := some - {*names, "all"}:
            parser.error(f"--{option} {','.join(sorted(unknown))}: known are {', '.join(names)}, all")
    return Options(
        url=url,
        facts=Facts(**{**facts, "app_id": facts["app_id"] or ""}, shortest_key=_SHORTEST_KEY),  # type: ignore[arg-type]
        level=Level(given.level),
        only=chosen["only"] - {"all"},
        require=chosen["require"],
        seed=given.seed,
        most_requests=given.max_requests,
        report=given.report,
        baseline=known_failures,
        ca_file=str(given.ca or ""),
        is_short=given.short,
        phases=phases,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="execution-hooks-conformance",
        description="Test any implementation of the execution-hook API by its contract.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("url", metavar="URL", type=_url, help="of the server; what stands before /accounts")
    add("--token", metavar="T", help="that may do everything in the account")
    add("--account", metavar="ID", help="that nobody else uses meanwhile")
    add("--app", metavar="ID", help="by default, the first of the account's list of apps")
    add("--source", metavar="ID", help="a hook source; by default, one of the list, or one that is made")
    add("--viewer-token", metavar="T", help="of a user who may only read")
    add("--foreign-account", metavar="ID", help="another account, which the token does not open")
    add("--foreign-token", metavar="T", help="of a user of another account")
    add("--limited-app", metavar="ID", help="an app that takes no hooks after a failover")
    add("--level", choices=[each.value for each in Level], default=Level.PAGE.value, help="by default page")
    add("--only", metavar="NAMES", default="", help="judge these operations alone, as in create,list")
    add(
        "--require",
        metavar="NAMES",
        default="",
        help="operations whose absence is a failure; all is every one",
    )
    add(
        "--seed", metavar="N", type=int, help="for other requests than by default, the same for the same seed"
    )
    add("--max-requests", metavar="N", type=int, default=0, help="stop after so many")
    add("--report", metavar="DIR", type=Path, help="write report.html, report.json and junit.xml there")
    add(
        "--baseline",
        metavar="FILE",
        type=Path,
        help="known failures, each with a reason and the day it expires",
    )
    add("--ca", metavar="FILE", type=Path, help="certificates to trust")
    add("--allow-writes", action="store_true", help="judge a server that is not on this machine")
    add("--phases", metavar="NAMES", default=",".join(PHASES), help=f"of {', '.join(PHASES)}; by default all")
    add("--short", action="store_true", help="send hundreds of requests, not thousands")
    return parser


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise argparse.ArgumentTypeError(f"{text!r} does not begin with http:// or https:// and a host")
    return text


def _names(text: str) -> frozenset[str]:
    return frozenset(filter(None, (each.strip() for each in text.split(","))))


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
