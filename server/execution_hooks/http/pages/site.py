"""The site beside the API, for people: a Flask application with a front page, a reference, the contract."""

from pathlib import Path

import flask
import swagger_ui_bundle

from execution_hooks.contract.document import Contract
from execution_hooks.http.pages.served import served

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_OWN_FILES = Path(__file__).parent / "static"
_SWAGGER_FILES = Path(swagger_ui_bundle.swagger_ui_path)
_FILES = {
    "pages.css": _OWN_FILES,
    "reference.js": _OWN_FILES,
    "swagger-ui.css": _SWAGGER_FILES,
    "swagger-ui-bundle.js": _SWAGGER_FILES,
}
"""The scripts and style sheets below /docs, and the folders they are in."""


def make_site(contract: Contract, public_url: str) -> flask.Flask:
    """Make the site. The contract that it serves names ``public_url`` as its server, if that is given.

    Links are relative, so that they hold below whatever path clients see this server at.
    """
    site = flask.Flask(__name__, static_folder=None)
    written = served(contract, public_url)

    def page(template: str) -> str:
        return flask.render_template(template)

    def contract_as(text: str, media_type: str) -> flask.Response:
        return flask.Response(text, mimetype=media_type)

    def file(name: str) -> flask.Response:
        return flask.send_from_directory(_FILES[name], name)

    site.add_url_rule("/", "front", page, defaults={"template": "index.html"})
    site.add_url_rule("/docs", "reference", page, defaults={"template": "docs.html"})
    for form, text in {"json": written.as_json, "yaml": written.as_yaml}.items():
        given = {"text": text, "media_type": f"application/{form}"}
        site.add_url_rule(f"/openapi.{form}", f"contract as {form}", contract_as, defaults=given)
    for name in _FILES:
        site.add_url_rule(f"/docs/{name}", name, file, defaults={"name": name})
    site.after_request(_with_headers)
    return site


def _with_headers(response: flask.Response) -> flask.Response:
    response.headers.update(_HEADERS)
    return response
