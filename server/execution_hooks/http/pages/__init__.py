"""The pages beside the API: the contract as it is served, and a reference page that needs no other host."""

from importlib.resources import files
from pathlib import Path

import swagger_ui_bundle
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from execution_hooks.contract.document import Contract
from execution_hooks.http.pages.served import served
from execution_hooks.problems import catalogue as problems
from execution_hooks.problems.problem import Refusal

_HTML, _CSS, _SCRIPT = "text/html", "text/css", "text/javascript"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def _own(name: str) -> str:
    return (files(__name__) / name).read_text("utf-8")


def _swagger(name: str) -> str:
    return Path(swagger_ui_bundle.swagger_ui_path, name).read_text("utf-8")


class Pages:
    """Serves ``/``, ``/docs`` and the contract from memory; every other path is the API's.

    The contract names ``public_url`` as its server, if that is given. Links are relative, so that they hold
    below whatever path clients see this server at.
    """

    def __init__(self, app: ASGIApp, *, contract: Contract, public_url: str) -> None:
        self._app = app
        written = served(contract, public_url)
        texts = {
            "/": (_HTML, _own("index.html")),
            "/docs": (_HTML, _own("docs.html")),
            "/docs/pages.css": (_CSS, _own("pages.css")),
            "/docs/reference.js": (_SCRIPT, _own("reference.js")),
            "/docs/swagger-ui.css": (_CSS, _swagger("swagger-ui.css")),
            "/docs/swagger-ui-bundle.js": (_SCRIPT, _swagger("swagger-ui-bundle.js")),
            "/openapi.json": ("application/json", written.as_json),
            "/openapi.yaml": ("application/yaml", written.as_yaml),
        }
        self._pages = {
            path: Response(text, headers=_HEADERS, media_type=media_type)
            for path, (media_type, text) in texts.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page, or pass the request on. Raises Refusal for a method that pages lack."""
        page = self._pages.get(scope["path"]) if scope["type"] == "http" else None
        if page is None:
            await self._app(scope, receive, send)
        elif scope["method"] in {"GET", "HEAD"}:
            await page(scope, receive, send)
        else:
            raise Refusal(problems.method_not_supported(["GET", "HEAD"]))
