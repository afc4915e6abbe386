"""``exechook test``: whether hooks hit what they are expected to hit."""

import sys
from pathlib import Path

import click

from execution_hooks.cli.exechook.inputs import bad_lines, cluster_of, hooks_of, namespace_option
from execution_hooks.cli.failures import ExitStatus, refused
from execution_hooks.cli.formats import visible
from execution_hooks.cli.options import output_option
from execution_hooks.cli.output import write_out


@click.command()
@namespace_option
@output_option("text", "junit")
@click.option("--record", is_flag=True, help="Write FILE from what is hit now by the hooks in MANIFESTS.")
@click.argument("file")
@click.argument("manifests", nargs=-1)
def test(file: str, namespace: str, output: str, manifests: tuple[str, ...], *, record: bool) -> None:
    """Test that ExecHooks hit the containers that FILE expects them to hit, and no others.

    FILE names manifests, by paths from its own folder, and for each hook globs of namespace/pod/container
    that must be hit and must be missed. With --record it is written, and must not be there yet. The exit
    status is 1 if an expectation does not hold.
    """
    if record:
        _record(file, namespace, manifests)
    elif manifests:
        raise click.UsageError("without --record, FILE names the manifests")
    else:
        _test(file, namespace, output)


def _record(file: str, namespace: str, manifests: tuple[str, ...]) -> None:
    from execution_hooks.kubernetes.expectations.recording import record

    if not manifests or "-" in manifests:
        raise click.UsageError("--record needs the files or folders of the manifests")
    cluster = cluster_of(manifests, namespace)
    hooks = hooks_of(cluster)
    text = record(cluster, hooks, file, manifests)
    try:
        with Path(file).open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError as error:
        raise refused(f"{file} is there already, and is not replaced") from error
    write_out(visible(f"{file}: what {len(hooks)} hooks hit"))


def _test(file: str, namespace: str, output: str) -> None:
    from execution_hooks.kubernetes.expectations.expectation import read_expectations
    from execution_hooks.kubernetes.expectations.judging import judge
    from execution_hooks.kubernetes.expectations.junit import as_junit

    with bad_lines():
        expected = read_expectations(file)
    checks = list(judge(cluster_of(tuple(expected.paths(file)), namespace), expected.expectations))
    failed = sum(bool(check.failure) for check in checks)
    if output == "junit":
        write_out(as_junit(file, checks))
    else:
        for check in checks:
            line = f"{check.hook} {check.expected}"
            write_out(visible(f"FAILED {line}: {check.failure}" if check.failure else f"ok     {line}"))
        write_out(f"{len(checks) - failed} of {len(checks)} expectations hold.")
    sys.exit(ExitStatus.REFUSED if failed else ExitStatus.DONE)
