"""``exechook lint``: what is wrong with hooks."""

import json
import sys
from importlib.metadata import version

import click

from execution_hooks.cli.exechook.inputs import (
    cluster_of,
    files_argument,
    hooks_of,
    hooks_option,
    namespace_option,
)
from execution_hooks.cli.failures import ExitStatus
from execution_hooks.cli.formats import table, visible
from execution_hooks.cli.options import output_option
from execution_hooks.cli.output import write_out


@click.command()
@namespace_option
@hooks_option
@output_option("text", "json", "sarif")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="warning",
    show_default=True,
    help="Least level of a finding with which the exit status is 1.",
)
@click.option("--rules", is_flag=True, help="List the rules instead.")
@files_argument
def lint(
    files: tuple[str, ...],
    namespace: str,
    patterns: tuple[str, ...],
    output: str,
    fail_on: str,
    *,
    rules: bool,
) -> None:
    """Find what is wrong with ExecHooks, or looks so.

    FILES are as `exechook explain` takes them. With the pods of a cluster among them, what hooks hit is
    judged, too. The annotation lint.execution-hooks/RULE of a hook suppresses a rule there; its value is
    the reason. The exit status is 1 if anything was found of the level that --fail-on says, or above.
    """
    from execution_hooks.kubernetes.lint import linting, reports
    from execution_hooks.kubernetes.lint.rules import LEVELS

    if rules:
        rows = [(rule.id, rule.level, rule.summary, rule.remedy) for rule in linting.RULES]
        write_out("\n".join(table(("rule", "level", "what is wrong", "remedy"), rows)))
        return
    cluster = cluster_of(files, namespace)
    hooks = hooks_of(cluster, patterns)
    findings = list(linting.lint(cluster, hooks))
    match output:
        case "json":
            write_out(json.dumps(reports.as_json(findings, len(hooks)), indent=2))
        case "sarif":
            write_out(json.dumps(reports.as_sarif(findings, version("execution-hooks")), indent=2))
        case _:
            lines = reports.as_lines(findings, len(hooks), pods=bool(cluster.pods))
            write_out("\n".join(map(visible, lines)))
    found = linting.counts(findings)
    counted = LEVELS[: LEVELS.index(fail_on) + 1] if fail_on in LEVELS else ()
    sys.exit(ExitStatus.REFUSED if any(found[level] for level in counted) else ExitStatus.DONE)
