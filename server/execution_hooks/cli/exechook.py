"""Commands for hooks as resources of Kubernetes; they need no server, no store and no cluster.

What a command needs is imported when it runs: a preview of one hook takes half a second, most of it loading.
"""

import json
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from execution_hooks.cli.failures import ExitStatus, unusable
from execution_hooks.cli.formats import table, visible
from execution_hooks.cli.options import output_option
from execution_hooks.cli.output import write_out

if TYPE_CHECKING:
    from execution_hooks.kubernetes.exechook.cluster import Cluster
    from execution_hooks.kubernetes.exechook.hook import ExecHook

files_argument = click.argument("files", nargs=-1, metavar="[FILES]... | -")
namespace_option = click.option(
    "-n",
    "--namespace",
    metavar="NAME",
    default="default",
    show_default=True,
    help="Namespace of resources that name none.",
)
hooks_option = click.option(
    "--hook",
    "patterns",
    metavar="GLOB",
    multiple=True,
    help="Only hooks whose name, or namespace/name, fits; may be given more than once.",
)


@click.group()
def exechook() -> None:
    """Preview hooks of Trident Protect from manifests, without a server or a cluster."""


@exechook.command()
@namespace_option
@hooks_option
@output_option("table", "json")
@click.option("--summary", is_flag=True, help="Leave out the containers; show numbers alone.")
@click.option("--allow-empty", is_flag=True, help="End with 0 even if a hook hits nothing.")
@files_argument
def explain(
    files: tuple[str, ...],
    namespace: str,
    patterns: tuple[str, ...],
    output: str,
    *,
    summary: bool,
    allow_empty: bool,
) -> None:
    """Show which containers each ExecHook hits, and why it hits no others.

    \b
        kubectl get exechooks.protect.trident.netapp.io,applications.protect.trident.netapp.io,pods \\
          -A -o json | execution-hooks exechook explain -

    FILES are manifests in JSON or YAML, what kubectl prints, or folders of such files; - is standard input.
    The exit status is 1 if a hook hits nothing, 2 if a file cannot be read or there is no hook.
    """  # noqa: D301 click's mark for "keep these lines"
    from execution_hooks.kubernetes.exechook.preview import previews

    cluster = cluster_of(files, namespace)
    found = list(previews(cluster, hooks_of(cluster, patterns)))
    if output == "json":
        from execution_hooks.kubernetes.exechook.preview_json import write_preview, write_totals

        whole = not summary
        write_out('{"summary": ' + json.dumps(write_totals(cluster, found)) + ',\n "hooks": [')
        for number, each in enumerate(found, 1):
            text = json.dumps(write_preview(each, whole=whole), indent=2 if whole else None)
            write_out(text + ("," if number < len(found) else ""))
        write_out("]}")
    else:
        from execution_hooks.cli.exechook_text import lines_of

        write_out("\n".join(lines_of(cluster, found, whole=not summary)))
    nothing = not allow_empty and any(not each.hits for each in found)
    sys.exit(ExitStatus.REFUSED if nothing else ExitStatus.DONE)


@exechook.command()
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
        write_out(table(("rule", "level", "what is wrong", "remedy"), rows))
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


def cluster_of(files: tuple[str, ...], namespace: str) -> "Cluster":
    """Read the files, or standard input if none is named and it is no terminal. Each bad one gets a line."""
    from execution_hooks.kubernetes.exechook.cluster import read_cluster
    from execution_hooks.kubernetes.manifests.reading import InvalidManifests

    if not files and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("name files or folders, or - for standard input")
    try:
        return read_cluster(files or ("-",), namespace)
    except InvalidManifests as error:
        if click.get_current_context().params.get("output") == "json":
            raise unusable(str(error)) from error
        *others, last = error.lines
        for line in others:
            unusable(line).show()
        raise unusable(last) from error


def hooks_of(cluster: "Cluster", patterns: tuple[str, ...] = ()) -> "list[ExecHook]":
    """Return the hooks that fit one of the patterns, of which each must fit one; all if there are none."""
    from execution_hooks.kubernetes.exechook.selection import NoSuchHook, chosen

    try:
        return chosen(cluster, patterns)
    except NoSuchHook as error:
        raise unusable(str(error)) from error
