"""What consumers of the contract build compiles: TypeScript, and Python under pyright's strict rules."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from execution_hooks.domain.access import Role
from harness.accounts import Account
from harness.processes import Server
from harness.tools import run_tool

pytestmark = [pytest.mark.installs, pytest.mark.timeout(600)]

TYPESCRIPT = Path(__file__).with_name("typescript")
MISSING = "Node.js 20 or newer, with npm, is needed"
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def project(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the TypeScript project, with its packages, the contract, and what they generate, compiled."""
    npm = shutil.which("npm")
    if npm is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    folder = tmp_path_factory.mktemp("consumers") / "typescript"
    shutil.copytree(TYPESCRIPT, folder, ignore=shutil.ignore_patterns("node_modules", "built"))
    shutil.copy(repository / "openapi" / "openapi.yaml", folder)
    run_tool([npm, "install", "--no-package-lock", "--no-audit", "--no-fund"], folder)
    run_tool([npm, "run", "generate"], folder)
    run_tool([npm, "run", "compile"], folder)
    return folder


@pytest.mark.parametrize(
    ("program", "printed"),
    [
        ("with-openapi-fetch", "made with openapi-fetch snapshot\n"),
        ("with-hey-api", "made with hey-api backup\n"),
    ],
)
def test_a_generated_client_in_typescript_creates_a_hook_and_lists_it(
    project: Path, server: Server, account: Account, program: str, printed: str
) -> None:
    names = {
        "EXECUTION_HOOKS_URL": server.url,
        "EXECUTION_HOOKS_TOKEN": account.tokens[Role.MEMBER],
        "EXECUTION_HOOKS_ACCOUNT": account.id,
        "APP": account.app_id,
        "SOURCE": account.hook_source_id,
    }

    assert run_tool(["node", f"built/{program}.js"], project, names) == printed


def test_the_readme_s_code_is_well_typed_by_pyright_too(
    project: Path, repository: Path, tmp_path: Path
) -> None:
    text = (repository / "client" / "README.md").read_text("utf-8")
    (tmp_path / "readme.py").write_text("\n".join(_BLOCK.findall(text)))
    settings = {"include": ["readme.py"], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(
        json.dumps(
            {
                **settings,
                "venvPath": str(repository),
                "venv": ".venv",
                "extraPaths": [str(repository / "client")],
            }
        )
    )

    assert "0 errors" in run_tool([project / "node_modules" / ".bin" / "pyright"], tmp_path)
