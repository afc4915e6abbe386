"""Folders in which the commands that pages show are run."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from documentation.pages import REPOSITORY

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", "*_cache", ".hypothesis", "node_modules", "*.db*"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, in which nothing is installed."""
    return shutil.copytree(REPOSITORY, tmp_path / "checkout", ignore=LEFT_OUT)


@pytest.fixture
def installed(checkout: Path) -> Path:
    """A copy of the checkout, with what is installed here."""
    (checkout / ".venv").symlink_to(sys.prefix)
    return checkout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the commands find: a script, and a kubectl that knows a cluster."""
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"namespace": "payroll", "name": "payroll-db-0", "labels": {"app": "payroll"}},
        "spec": {"containers": [{"name": "postgres", "image": "registry.example/postgres:16.4"}]},
    }
    (tmp_path / "cluster.json").write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": [pod]}))
    kubectl = tmp_path / "bin" / "kubectl"
    kubectl.parent.mkdir()
    kubectl.write_text('#!/bin/sh\ntest "$*" = "get pods -A -o json" && cat cluster.json\n')
    kubectl.chmod(0o755)
    (tmp_path / "freeze.sh").write_text("echo frozen\n")
    return tmp_path
