"""Writes the three reports on a run into a folder: HTML for a browser, JSON, and JUnit."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from execution_hooks_conformance.junit import junit

_TEMPLATE = "report.html.jinja"


def write(report: Mapping[str, Any], folder: Path) -> None:
    """Write report.html, report.json and junit.xml; the folder is made if there is none. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(report, indent=2), "utf-8")
    (folder / "junit.xml").write_bytes(junit(dict(report)))
    (folder / "report.html").write_text(html(report), "utf-8", errors="replace")


def html(report: Mapping[str, Any]) -> str:
    """Return one page that loads nothing; all that a server sent is escaped."""
    environment = Environment(
        loader=PackageLoader("execution_hooks_conformance", "."),
        autoescape=select_autoescape(enabled_extensions=("jinja",), default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(_TEMPLATE).render(report=report)
