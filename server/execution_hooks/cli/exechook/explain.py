"""``exechook explain``: which containers each hook would hit."""

import json
import sys

import click

from execution_hooks.cli.exechook.inputs import (
    cluster_of,
    files_argument,
    hooks_of,
    hooks_option,
    namespace_option,
)
from execution_hooks.cli.failures import ExitStatus
from execution_hooks.cli.options import output_option
from execution_hooks.cli.output import write_out


@click.command()
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
        from execution_hooks.cli.exechook.explain_text import lines_of

        write_out("\n".join(lines_of(cluster, found, whole=not summary)))
    nothing = not allow_empty and any(not each.hits for each in found)
    sys.exit(ExitStatus.REFUSED if nothing else ExitStatus.DONE)
