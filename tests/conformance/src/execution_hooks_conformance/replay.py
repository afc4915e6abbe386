"""The command ``replay``: sends one failure of a report again, with the requests that it needs."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from execution_hooks_conformance import options as command_line
from execution_hooks_conformance.bundled import CONFIG
from execution_hooks_conformance.campaign import failure_of
from execution_hooks_conformance.capabilities import capabilities
from execution_hooks_conformance.judgement import Exit
from execution_hooks_conformance.judging import clear_up, find_out
from execution_hooks_conformance.results import RunLog
from execution_hooks_conformance.run import Run, Runner
from execution_hooks_conformance.run_settings import RunSettings
from execution_hooks_conformance.scoping import scope_of
from execution_hooks_conformance.target_server import CannotBeJudged


def replay(
    arguments: Sequence[str],
    document: Mapping[str, Any],
    folder: Path,
    say: Callable[[str], None],
    run_command: Run,
) -> int:
    """Send a failure again and say whether it occurs; return the exit status.

    ``arguments`` are a report in JSON, the failure's id, and options as for judging; ``run_command``
    runs what sends it. Raises CannotBeJudged.
    """
    report, failure, url, rest = _read(arguments)
    known = {**report["facts"], "url": report["url"]}
    names = [*capabilities(document)]
    level = ["--level", report["level"], "--account", known["account"], "--app", known["app"]]
    options = command_line.read([url, *level, *rest], names)
    found = find_out(options, say)
    _, narrowed = scope_of(options, document, found.offered)
    contract, steps, log_file = (folder / name for name in ("contract.json", "steps.json", "log.ndjson"))
    contract.write_text(json.dumps(narrowed), "utf-8")
    texts = {known["source"]: found.facts.source_id, known["url"]: options.url}
    steps.write_text(json.dumps({"steps": failure["replay"], "texts": texts}), "utf-8")
    log_file.touch()
    settings = RunSettings(options.level, log_file, options.ca_file, is_strict=report["strict"])
    module = "execution_hooks_conformance.replaying"
    command = [
        sys.executable,
        "-m",
        module,
        contract,
        "--config",
        CONFIG,
        "--url",
        options.url,
        "--steps",
        steps,
    ]
    runner = Runner(contract, CONFIG, folder, run_command=run_command)
    ended = runner.run(command, found.facts, folder, settings.environment())
    log = RunLog.read(log_file)
    clear_up(options, found, log, say)
    if error := failure_of(ended, is_explained=False):
        raise CannotBeJudged(error)
    return _conclude(failure, log, int(ended.stdout), say)


def _read(arguments: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any], str, list[str]]:
    """Read the report, and find the failure and the server; end with status 2 if that cannot be done."""
    parser = argparse.ArgumentParser(
        prog="execution-hooks-conformance replay",
        description="Send one failure again. The token, and other options, are given as for judging.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "report", metavar="REPORT", type=Path, help="report.json, or the folder that it is in"
    )
    parser.add_argument("id", metavar="ID", help="of the failure, as the reports show it")
    parser.add_argument("--url", help="of the server; by default, the one of the report")
    given, rest = parser.parse_known_args(arguments)
    file = given.report / "report.json" if given.report.is_dir() else given.report
    try:
        report = json.loads(file.read_text("utf-8"))
        failures = {each["id"]: each for each in report["results"] if each["example"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"{file} is no report of the suite: {error}")
    if given.id not in failures:
        parser.error(f"{file} has no failure {given.id}; it has {', '.join(failures) or 'none'}")
    return report, failures[given.id], given.url or report["url"], rest


def _conclude(failure: Mapping[str, Any], log: RunLog, last: int, say: Callable[[str], None]) -> int:
    """Say whether the request of a number broke the promise again."""
    result = log.results.get((failure["promise"], failure["operation"]))
    broken = [each for each in result.violations if each.exchange == last] if result else []
    if broken:
        say(f"Expected {broken[0].expected}, found {broken[0].found}.")
        say(f"Broken again: {failure['promise']} at {failure['operation']}.")
        return Exit.DOES_NOT_CONFORM
    if result is None:
        raise CannotBeJudged(f"nothing of {len(log.exchanges)} requests showed {failure['promise']}.")
    say(f"Kept now: {failure['promise']} at {failure['operation']}.")
    return Exit.CONFORMS
