"""Generates the Python client from the contract: `generate.py [OUTPUT_DIR]`, by default into `client`."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

GENERATOR = Path(__file__).resolve().parent
REPOSITORY = GENERATOR.parents[1]
CONTRACT = REPOSITORY / "openapi" / "openapi.yaml"
PACKAGE = "execution_hooks_client"


def main() -> None:
    """Generate into a temporary folder, then bring the output folder to the same state."""
    parser = argparse.ArgumentParser(description="Generate the Python client from openapi/openapi.yaml.")
    parser.add_argument("output", nargs="?", type=Path, default=REPOSITORY / "client", metavar="OUTPUT_DIR")
    output: Path = parser.parse_args().output
    if not _may_be_replaced(output):
        sys.exit(f"{output} holds something else than a generated client; remove it or name another folder.")
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "client"
        _generate(_readable(Path(folder)), fresh)
        _put_in_place(fresh, output)


def _may_be_replaced(output: Path) -> bool:
    return (
        not output.exists() or (output / PACKAGE).is_dir() or (output.is_dir() and not any(output.iterdir()))
    )


def _readable(folder: Path) -> Path:
    """Write the contract as the generator reads it best.

    Bodies are JSON alone: of two types, the generator makes the body optional. What refers to a schema and
    has words of its own (`allOf` of one) is written out: the generator would take the schema's words.
    """
    document = yaml.safe_load(CONTRACT.read_text("utf-8"))
    schemas = document["components"]["schemas"]
    document = _written_out(document, schemas)
    for body in document["components"]["requestBodies"].values():
        body["content"] = {"application/json": body["content"]["application/json"]}
    readable = folder / "openapi.yaml"
    readable.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
    return readable


def _written_out(node: Any, schemas: dict[str, Any]) -> Any:  # noqa: ANN401 any part of a document
    if isinstance(node, list):
        return [_written_out(part, schemas) for part in node]
    if not isinstance(node, dict):
        return node
    match node:
        case {"allOf": [{"$ref": str(reference)}]}:
            own = {name: part for name, part in node.items() if name != "allOf"}
            return {**schemas[reference.rpartition("/")[2]], **own}
    return {name: _written_out(part, schemas) for name, part in node.items()}


def _generate(contract: Path, output: Path) -> None:
    """Run openapi-python-client; leave with its messages when it fails or warns."""
    command = [sys.executable, "-m", "openapi_python_client", "generate"]
    command += ["--path", str(contract), "--config", str(GENERATOR / "config.yaml")]
    command += ["--custom-template-path", str(GENERATOR / "templates"), "--meta", "uv"]
    command += ["--fail-on-warning", "--overwrite", "--output-path", str(output)]
    run = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603 (our own arguments)
    if run.returncode:
        sys.exit(f"The client was not generated.\n{run.stdout}{run.stderr}")


def _environment() -> dict[str, str]:
    """Return the environment with this Python's bin folder first on PATH, for the generator to find ruff."""
    path = [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    return {**os.environ, "PATH": os.pathsep.join(path)}


def _put_in_place(fresh: Path, output: Path) -> None:
    """Make a folder equal to a fresh one: remove what that has not, and write only the files that differ.

    Files that are equal keep their time of change, by which make decides whether to install the client again.
    """
    output.mkdir(parents=True, exist_ok=True)
    wanted = {path.relative_to(fresh): path for path in fresh.rglob("*")}
    for path in sorted(output.rglob("*"), reverse=True):  # what a folder holds before the folder
        source = wanted.get(path.relative_to(output))
        if source is None or path.is_symlink() or path.is_dir() != source.is_dir():
            _remove(path)
    for name, source in sorted(wanted.items()):  # a folder before what it holds
        path = output / name
        if source.is_dir():
            path.mkdir(exist_ok=True)
        elif not path.exists() or path.read_bytes() != source.read_bytes():
            shutil.copyfile(source, path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


if __name__ == "__main__":
    main()
