"""Generates the Python client from the contract: `generate.py [OUTPUT_DIR]`, by default into `client`."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import yaml
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from project import ClientProject
from readable import readable

GENERATOR = Path(__file__).resolve().parent
REPOSITORY = GENERATOR.parents[1]
CONTRACT = REPOSITORY / "openapi" / "openapi.yaml"
PACKAGE = "execution_hooks_client"


def main() -> None:
    """Generate into a temporary folder, then bring the output to the same state."""
    parser = argparse.ArgumentParser(description="Generate the Python client from openapi/openapi.yaml.")
    parser.add_argument("output", nargs="?", type=Path, default=REPOSITORY / "client", metavar="OUTPUT_DIR")
    output: Path = parser.parse_args().output
    if not _may_be_replaced(output):
        sys.exit(f"{output} holds something else than a generated client; remove it or name another folder.")
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "client"
        _generate(fresh)
        _put_in_place(fresh, output)


def _may_be_replaced(output: Path) -> bool:
    return (
        not output.exists() or (output / PACKAGE).is_dir() or (output.is_dir() and not any(output.iterdir()))
    )


def _generate(output: Path) -> None:
    """Run openapi-python-client; leave with its messages when it fails or warns."""
    # The generator finds ruff by PATH.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    config = Config.from_sources(
        ConfigFile.load_from_path(GENERATOR / "config.yaml"),
        meta_type=MetaType.UV,
        document_source=CONTRACT,
        file_encoding="utf-8",
        overwrite=True,
        output_path=output,
    )
    contract = readable(yaml.load(CONTRACT.read_text("utf-8"), Loader=yaml.CSafeLoader))
    openapi = GeneratorData.from_dict(contract, config=config)
    errors = (
        [openapi]
        if isinstance(openapi, GeneratorError)
        else _build(ClientProject(openapi, contract, config, GENERATOR / "templates"))
    )
    if errors:
        sys.exit("\n".join(["The client was not generated.", *map(str, errors)]))


def _build(project: ClientProject) -> Sequence[GeneratorError]:
    with redirect_stdout(StringIO()):  # the generator names a temporary folder
        return project.build()


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
