"""The commands that pages show, and what proves each."""

from documentation.pages import PAGES, REPOSITORY, Page

SHOWN = {name: Page.read(REPOSITORY / name) for name in PAGES}
SERVER = SHOWN["server/README.md"]
DAILY_CHECKS = (REPOSITORY / ".ci" / "run").read_text("utf-8").splitlines()

START = ["make run", "make test"]
CONFORMANCE = ["make conformance URL=http://127.0.0.1:8080 TOKEN=TOKEN ACCOUNT=ID APP=ID"]
SUITE = [
    "pip install ./tests/conformance",
    "execution-hooks-conformance http://127.0.0.1:8080 --token TOKEN --account ID --app ID --source ID",
]
"""What tests/packaging/test_conformance_wheel.py runs."""
EXTRA = [
    "make dist",
    (
        "pip install dist/execution_hooks_client-0.2.0-py3-none-any.whl "
        "'dist/execution_hooks-0.2.0-py3-none-any.whl[pytest]'"
    ),
]
"""What tests/packaging/test_pytest_extra.py runs."""
KUBERNETES, EXCHANGE = "kubectl get exechooks", "execution-hooks exechook import"
"""How the blocks begin that tests/documentation/test_exechook_session.py runs."""
ADMINISTRATION, TLS = "execution-hooks admin account create", "openssl req"
FROM_A_SHELL = "export EXECUTION_HOOKS_URL="
"""How the longer blocks for a shell begin; each has a test of its own below."""
CHANGE = [
    'make test ARGS="tests/contract/test_patterns.py"',
    "make check",
    "make review",
    "make client",
    "make test",
]
PROVEN_DAILY = {
    "setup",
    "mutants",
    "check",
    "trace",
    "test",
    "test-browser",
    "test-postgres",
    "test-replicas",
    "review",
    "workflow",
    "diff",
    "verdicts",
    "bench",
    "lists",
    "previews",
    "soak",
    "campaigns",
    "test-install",
    "test-lowest",
    "dist",
    "docs",
}
"""The targets of make that take long: a line of .ci/run is their proof."""
PROVEN_HERE = {"run", "conformance", "help", "client"}
DRIVERS = ["pip install 'psycopg[binary]'", "pip install 'redis<8'"]
"""What the errors say where a driver is missing; tests/cli have that: test_secrets.py, test_rate_store.py."""
DEMO = "execution-hooks serve --demo"
"""What the client's README asks for; the tests of the client run it, and the installation that it shows."""
NAMED = {
    f"execution-hooks {name}"
    for name in ("admin app import", "admin explain", "admin hook create", "hook create")
}
"""What pages name without running it."""
NARROWED = {'make test ARGS="-k name"'}


def transcripts(beginning: str) -> list[tuple[str, str]]:
    """Return the commands in the server's README that begin so, each with what it shows that they print."""
    return [each for each in SERVER.transcripts() if each[0].startswith(f"execution-hooks {beginning}")]


def session(beginning: str) -> list[str]:
    """Return the only block for a shell in the server's README that begins so."""
    [found] = [each for each in SERVER.sessions() if each[0].startswith(beginning)]
    return found
