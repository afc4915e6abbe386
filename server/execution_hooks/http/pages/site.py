"""The site beside the API, for people: a Flask application with a front page, a reference, the contract."""

import json
import secrets
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import flask
import flask_openapi_scalar

from execution_hooks.contract.document import Contract
from execution_hooks.http.pages.policy import headers_of_version, headers_with_styles, usual_headers
from execution_hooks.http.pages.problem_pages import add_problem_pages
from execution_hooks.http.pages.reference import reference_document
from execution_hooks.http.pages.served import served
from execution_hooks.http.pages.trace_page import add_trace_page

SCALAR = Path(flask_openapi_scalar.__file__).parent / "templates" / "scalar" / "js" / "scalar.standalone.js"
"""The program that shows the reference, by Scalar (MIT)."""
_SCALAR_NAME = f"scalar-{version('flask-openapi-scalar')}.js"
OWN_FILES = Path(__file__).parent / "static"
"""The folder of style sheets and scripts of our own."""
_FILES = ("icon.svg", "nonce.js", "pages.css", "reference-source.js", "reference.js")
_EXPLAIN_FILES = ("explain.css", "explain.js")


def make_site(contract: Contract, public_url: str, *, explains: bool = False) -> flask.Flask:
    """Make the site. The contract that it serves names ``public_url`` as its server, if that is given.

    With ``explains`` it has the page that previews hooks, for which ``http/previews.py`` responds.

    Links are relative, so that they hold below whatever path clients see this server at.
    """
    site = flask.Flask(__name__, static_folder=None)
    written = served(contract, public_url)
    shown = json.dumps(reference_document(json.loads(written.as_json)))
    _add_page(site, "/", "index.html", explains=explains)
    if explains:
        _add_page(site, "/explain", "explain.html")
    site.add_url_rule("/docs", "reference", _reference)
    add_problem_pages(site, contract.document)
    add_trace_page(site, contract)
    _add_text(site, "/openapi.json", written.as_json)
    _add_text(site, "/openapi.yaml", written.as_yaml)
    _add_text(site, "/docs/openapi.json", shown)
    _add_file(site, f"/docs/{_SCALAR_NAME}", SCALAR, headers_of_version())
    for name in (*_FILES, *(_EXPLAIN_FILES if explains else ())):
        _add_file(site, f"/docs/{name}", OWN_FILES / name, {})
    site.after_request(_with_headers)
    return site


def _reference() -> flask.Response:
    nonce = secrets.token_urlsafe()
    page = flask.render_template("reference.html", root="", scalar=_SCALAR_NAME, nonce=nonce)
    return flask.Response(page, headers=headers_with_styles(nonce))


def _add_page(site: flask.Flask, path: str, template: str, **given: object) -> None:
    site.add_url_rule(path, path, lambda: flask.render_template(template, root="", **given))


def _add_text(site: flask.Flask, path: str, text: str) -> None:
    media_type = f"application/{path.rpartition('.')[2]}"
    site.add_url_rule(path, path, lambda: flask.Response(text, mimetype=media_type))


def _add_file(site: flask.Flask, path: str, file: Path, headers: Mapping[str, str]) -> None:
    def send() -> flask.Response:
        response = flask.send_file(file)
        response.headers.update(headers)
        return response

    site.add_url_rule(path, path, send)


def _with_headers(response: flask.Response) -> flask.Response:
    if "Content-Security-Policy" not in response.headers:
        response.headers.update(usual_headers())
    return response
