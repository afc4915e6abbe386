"""Judges a server from beginning to end: what can be known first, then the campaign, then the clearing up."""

import json
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from execution_hooks_conformance.baseline import KnownFailure, unused
from execution_hooks_conformance.campaign import Campaign, failure_of
from execution_hooks_conformance.cleanup import clear
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.judgement import Conclusion, Exit, conclude
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.options import Options
from execution_hooks_conformance.preflight import Preflight, check
from execution_hooks_conformance.results import RunLog
from execution_hooks_conformance.run import Run
from execution_hooks_conformance.run_settings import RunSettings
from execution_hooks_conformance.scoping import scope_of
from execution_hooks_conformance.target_server import CannotBeJudged, TargetServer

_PREFLIGHT_SECONDS = 10
_WALKED = {"create", "read", "list"}
"""The operations without which there is nothing to go on to."""


@dataclass(frozen=True)
class Judged:
    """A run that came to its end: its conclusion, its log, and what it made and could not remove.

    ``unused`` are known failures that did not occur; ``facts`` are those that were given and found out;
    ``seconds`` is how long it took.
    """

    conclusion: Conclusion
    log: RunLog
    left: list[str]
    unused: list[KnownFailure]
    facts: Facts
    seconds: float = 0.0


def not_judged(options: Options, reason: str) -> Judged:
    """Return a run that did not begin, or broke off, for a reason; secrets in it are replaced."""
    for secret, name in options.facts.secrets().items():
        reason = reason.replace(secret, name)
    conclusion = Conclusion(Exit.CANNOT_BE_JUDGED, f"Cannot be judged: {reason}", [])
    return Judged(conclusion, RunLog(), [], [], options.facts)


def judge(
    options: Options, document: Mapping[str, Any], folder: Path, say: Callable[[str], None], run_command: Run
) -> Judged:
    """Judge a server by a contract. ``say`` takes a line of progress; ``run_command`` runs each phase.

    Raises CannotBeJudged if the server cannot be asked, and TimeoutExpired if a phase does not end.
    """
    began = time.monotonic()
    found = find_out(options, say)
    scope, narrowed = scope_of(options, document, found.offered)
    contract = folder / "contract.json"
    contract.write_text(json.dumps(narrowed), "utf-8")
    settings = RunSettings(
        options.level,
        folder / "log.ndjson",
        options.ca_file,
        options.most_requests,
        options.rate,
        is_strict="all" in options.require,
    )
    (folder / "log.ndjson").touch()
    campaign = Campaign(
        options.url, contract, found.facts, settings, folder, options.seed, options.is_short, run_command
    )
    walks = options.level is not Level.PAGE and found.offered >= _WALKED and not options.only
    phases = options.phases if walks else options.phases - {"links"}
    log = RunLog()
    error = _run(campaign, phases, log, say)
    log.go_on(folder / "log.ndjson")
    left = clear_up(options, found, log, say)
    conclusion = conclude(log, scope, error, options.baseline)
    forgotten = unused(options.baseline, conclusion.results)
    return Judged(conclusion, log, left, forgotten, found.facts, time.monotonic() - began)


def _run(campaign: Campaign, phases: Collection[str], log: RunLog, say: Callable[[str], None]) -> str:
    """Run phases of a campaign; return why they ended otherwise than they should, if they did.

    The log is read on after each.
    """
    error = ""
    try:
        for phase, ended in campaign.run(phases):
            log.go_on(campaign.folder / "log.ndjson")
            say(f"{phase} requests: {len(log.exchanges)} sent so far, {len(_broken(log))} promises broken.")
            is_explained = bool(_broken(log) or log.without_response)
            error = error or failure_of(ended, is_explained=is_explained)
    except KeyboardInterrupt:
        return "it was interrupted"
    except TimeoutExpired as expired:
        return f"the requests of a phase were not all sent in {expired.timeout:.0f} s"
    return error


def find_out(options: Options, say: Callable[[str], None]) -> Preflight:
    """Ask the server what can be known before it is judged. Raises CannotBeJudged."""
    server = TargetServer(
        options.url, options.facts.account_id, options.facts.token, options.ca_file, _PREFLIGHT_SECONDS
    )
    found = Preflight(options.facts)
    try:
        check(server, found, everything=options.level is not Level.PAGE)
    except (CannotBeJudged, KeyboardInterrupt):
        if found.made:
            clear_up(options, found, RunLog(), say)
        raise
    finally:
        server.close()
    facts = found.facts
    say(
        f"Judging {options.url} at level {options.level.value}: app {facts.app_id}, source {facts.source_id}."
    )
    return found


def _broken(log: RunLog) -> set[str]:
    return {result.promise for result in log.results.values() if result.violations}


def clear_up(options: Options, found: Preflight, log: RunLog, say: Callable[[str], None]) -> list[str]:
    """Delete what a run made, and say what is left; return that."""
    server = TargetServer(options.url, found.facts.account_id, found.facts.token, options.ca_file)
    try:
        left = clear(server, log, found.made)
    except CannotBeJudged as error:
        say(f"Clearing up failed: {error}")
        return []
    finally:
        server.close()
    if left:
        say(f"{len(left)} resources that were made are left, since the server does not delete them.")
    return left
