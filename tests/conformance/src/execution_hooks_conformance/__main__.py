"""Judges the server at a URL by the contract: the command ``execution-hooks-conformance``.

Exit status 0 says that the server conforms, 1 that it does not, 2 that the command was used wrongly, 3 that
the server cannot be judged.
"""

import sys
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory

from execution_hooks_conformance import options as command_line
from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.capabilities import capabilities
from execution_hooks_conformance.judgement import Exit
from execution_hooks_conformance.judging import judge
from execution_hooks_conformance.options import Options
from execution_hooks_conformance.promises import table
from execution_hooks_conformance.replay import replay
from execution_hooks_conformance.report import report
from execution_hooks_conformance.reports import write
from execution_hooks_conformance.summary import summary
from execution_hooks_conformance.target_server import CannotBeJudged


def main() -> int:
    """Judge, and print the conclusion; or list the promises, or replay a failure."""
    if sys.argv[1:] == ["promises"]:
        _say(table())
        return 0
    document = read_contract()
    with TemporaryDirectory() as folder:
        try:
            if sys.argv[1:2] == ["replay"]:
                return replay(sys.argv[2:], document, Path(folder), _say)
            given = command_line.read(sys.argv[1:], [*capabilities(document)])
            return _judge(given, document, Path(folder))
        except CannotBeJudged as error:
            _say(f"Cannot be judged: {error}")
        except TimeoutExpired as error:
            _say(f"Cannot be judged: not done in {error.timeout:.0f} s.")
    return Exit.CANNOT_BE_JUDGED


def _judge(given: Options, document: dict[str, object], folder: Path) -> int:
    judged = judge(given, document, folder, _say)
    if given.report:
        write(report(judged, given), given.report)
        _say(f"Reports: {given.report / 'report.html'}, report.json, junit.xml.")
    _say(summary(judged))
    return judged.conclusion.exit_status


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
