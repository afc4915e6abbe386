"""The command line: what is asked for, from arguments and environment variables."""

import argparse
import ipaddress
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from execution_hooks_conformance.argument_values import can_be_sent
from execution_hooks_conformance.arguments import PHASES, parser
from execution_hooks_conformance.baseline import InvalidBaseline, KnownFailure
from execution_hooks_conformance.baseline import read as read_baseline
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.features import FEATURES
from execution_hooks_conformance.levels import Level

_SHORTEST_KEY = 3
"""Of so many characters there are keys enough to judge an account again."""
_ACCOUNT = "/accounts/"
_IN_ENVIRONMENT = (
    "level",
    "only",
    "without",
    "require",
    "seed",
    "max-requests",
    "rate",
    "report",
    "baseline",
    "ca",
    "phases",
)


@dataclass(frozen=True)
class Options:
    """What is asked for.

    ``only`` has names of operations, ``without`` and ``require`` also those of features; ``require`` may be
    ``all``. ``rate`` is in requests a second; 0 is no limit, as it is for ``most_requests``.
    """

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
    without: frozenset[str] = frozenset()
    rate: float = 0


def read(
    arguments: Sequence[str], names: Sequence[str], environment: Mapping[str, str] = os.environ
) -> Options:
    """Read them; ``names`` are those that operations have. Ends the process with status 2 on wrong usage."""
    offered = [*names, *FEATURES]
    command = parser(names, [*FEATURES])
    given = command.parse_args([*_from(environment), *arguments])
    url, _, account = given.url.rstrip("/").partition(_ACCOUNT)
    if not (given.allow_writes or _is_loopback(url)):
        command.error(f"{url} is not on this machine: add --allow-writes to create and delete hooks there")
    try:
        return Options(
            url=url,
            facts=_facts(given, account.partition("/")[0], environment),
            level=Level(given.level),
            only=_chosen("--only", given.only, [*names, "all"]) - {"all"},
            require=_chosen("--require", given.require, [*offered, "all"]),
            without=_chosen("--without", given.without, offered),
            rate=given.rate,
            seed=given.seed,
            most_requests=given.max_requests,
            report=given.report,
            baseline=read_baseline(given.baseline) if given.baseline else [],
            ca_file=str(given.ca or ""),
            is_short=given.short,
            phases=_chosen("--phases", given.phases, PHASES),
        )
    except (InvalidBaseline, _WrongUsage) as error:
        command.error(str(error))


class _WrongUsage(Exception):
    pass


def _facts(given: argparse.Namespace, account: str, environment: Mapping[str, str]) -> Facts:
    known = {
        "account_id": given.account or account,
        "token": given.token,
        "app_id": given.app,
        "limited_app_id": given.limited_app,
        "source_id": given.source,
        "viewer_token": given.viewer_token,
        "second_token": given.second_token,
        "limited_token": given.limited_token,
        "revoked_token": given.revoked_token,
        "foreign_account_id": given.foreign_account,
        "foreign_token": given.foreign_token,
    }
    facts = {name: value or environment.get(f"CONFORMANCE_{name.upper()}") for name, value in known.items()}
    for name, option in (("token", "--token"), ("account_id", "--account")):
        if not facts[name]:
            raise _WrongUsage(f"{option} is missing, and CONFORMANCE_{name.upper()} is not set")
    for name in [each for each in facts if each.endswith("token")]:
        if not can_be_sent(facts[name] or ""):
            option = f"--{name.replace('_', '-')}"
            raise _WrongUsage(f"{option} has characters that no header can have")
    found: dict[str, Any] = {name: value or None for name, value in facts.items()}
    return Facts(**{**found, "app_id": facts["app_id"] or ""}, shortest_key=_SHORTEST_KEY)


def _chosen(option: str, text: str, known: Sequence[str]) -> frozenset[str]:
    """Read names, joined by commas."""
    names = frozenset(filter(None, (each.strip() for each in text.split(","))))
    if unknown := names - {*known}:
        raise _WrongUsage(f"{option} {','.join(sorted(unknown))}: known are {', '.join(known)}")
    return names


def _from(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the options that are set in the environment; those of the command line come later, and count."""
    for name in _IN_ENVIRONMENT:
        if value := environment.get(f"CONFORMANCE_{name.upper().replace('-', '_')}"):
            yield f"--{name}={value}"


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
