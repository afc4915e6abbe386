"""Writes the reference as one HTML file that needs neither a server nor a network: ``make docs``."""

import json
import sys
from pathlib import Path

import flask

from execution_hooks.contract.document import Contract
from execution_hooks.http.pages.reference import reference_document
from execution_hooks.http.pages.site import OWN_FILES, SCALAR


def one_file(contract: Contract) -> str:
    """Return the page, with all that it shows and what shows it. Requests cannot be tried from there."""
    site = flask.Flask(__name__, static_folder=None)
    shown = reference_document(contract.document, explained=False)
    with site.app_context():
        return flask.render_template(
            "one_file.html",
            styles=(OWN_FILES / "pages.css").read_text("utf-8"),
            scalar=_within_script(SCALAR.read_text("utf-8")),
            settings=_within_script((OWN_FILES / "reference.js").read_text("utf-8")),
            contract=json.dumps(shown).replace("<", "\\u003c"),
        )


def _within_script(source: str) -> str:
    """Return a script so that no text in it ends the element that it is in."""
    return source.replace("</script", "<\\/script").replace("<!--", "<\\!--")


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(one_file(Contract.bundled()), "utf-8")
    sys.stdout.write(f"{file}\n")
