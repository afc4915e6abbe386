"""The arguments of the command, as argparse reads them."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from execution_hooks_conformance.argument_values import certificates, count, folder, rate, server_url
from execution_hooks_conformance.bundled import SUITE
from execution_hooks_conformance.levels import Level

PHASES = ("directed", "generated", "links")
"""What a run consists of: requests with a purpose each, requests made up, and walks along links."""
_NAMES = """\
NAMES are joined by commas. Operations: {}. Features: {}. What a server does not offer is found out, and
skipped, unless it is required. With --require all, fields and problems that the contract does not list are
failures, too.
"""
_EPILOG = """\
Exit status: 0 the server conforms, 1 it does not, 2 wrong usage, 3 it cannot be judged.
Each option that takes a value can be set in the environment, as in CONFORMANCE_LEVEL; the ids and tokens as
CONFORMANCE_TOKEN, _ACCOUNT_ID, _APP_ID, _SOURCE_ID, _LIMITED_APP_ID, _VIEWER_TOKEN, _SECOND_TOKEN,
_LIMITED_TOKEN, _REVOKED_TOKEN, _FOREIGN_ACCOUNT_ID and _FOREIGN_TOKEN.
`execution-hooks-conformance promises` lists what a server is held to; `execution-hooks-conformance replay
REPORT ID` sends one failure of a report again.
"""

_Add = Callable[..., Any]


def parser(operations: Sequence[str] = (), features: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return what reads the arguments; the names of operations and features are for the help."""
    command = argparse.ArgumentParser(
        prog="execution-hooks-conformance",
        description="Test any implementation of the execution-hook API by its contract.",
        epilog=_NAMES.format(", ".join(operations), ", ".join(features)) + _EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.add_argument("--version", action="version", version=SUITE)
    command.add_argument(
        "url", metavar="URL", type=server_url, help="of the server; what stands before /accounts"
    )
    _add_facts(command.add_argument)
    _add_scope(command.add_argument)
    _add_conduct(command.add_argument)
    return command


def _add_facts(add: _Add) -> None:
    add("--token", metavar="T", help="that may do everything in the account")
    add("--account", metavar="ID", help="that nobody else uses meanwhile")
    add("--app", metavar="ID", help="by default, the first of the account's list of apps")
    add("--source", metavar="ID", help="a hook source; by default, one of the list, or one that is made")
    add("--viewer-token", metavar="T", help="of a user who may only read")
    add("--second-token", metavar="T", help="of another user who may do everything in the account")
    add("--limited-token", metavar="T", help="of the account, that opens everything but hooks")
    add("--revoked-token", metavar="T", help="that was revoked")
    add("--foreign-account", metavar="ID", help="another account, which the token does not open")
    add("--foreign-token", metavar="T", help="of a user of another account")
    add("--limited-app", metavar="ID", help="an app that takes no hooks after a failover")


def _add_scope(add: _Add) -> None:
    add("--level", choices=[each.value for each in Level], default=Level.PAGE.value, help="by default page")
    add("--only", metavar="NAMES", default="", help="judge these operations alone, as in create,list")
    add("--without", metavar="NAMES", default="", help="judge all but these operations and features")
    add("--require", metavar="NAMES", default="", help="of these, absence is a failure; or all, see below")
    add("--phases", metavar="NAMES", default=",".join(PHASES), help=f"of {', '.join(PHASES)}; by default all")
    add("--short", action="store_true", help="send hundreds of requests, not thousands")
    add("--seed", metavar="N", type=int, help="for other requests than by default, the same each time")
    add("--max-requests", metavar="N", type=count, default=0, help="stop after so many")
    add("--rate", metavar="R", type=rate, default=0, help="send so many requests in a second at the most")


def _add_conduct(add: _Add) -> None:
    add("--report", metavar="DIR", type=folder, help="write report.html, report.json and junit.xml there")
    add("--baseline", metavar="FILE", type=Path, help="known failures, each with a reason and its expiry")
    add("--ca", metavar="FILE", type=certificates, help="certificates to trust")
    add("--allow-writes", action="store_true", help="judge a server that is not on this machine")
