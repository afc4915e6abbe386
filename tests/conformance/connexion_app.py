"""A server as a user of Connexion writes it from its documentation: an AsyncApp on the contract, in memory.

Connexion routes, asks for tokens and validates requests; the functions below keep resources in dictionaries.
Nothing is of this project's server. Operations without a function are 501, as Connexion has it.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import connexion
import uvicorn
import yaml
from connexion.exceptions import Forbidden, ProblemException
from connexion.resolver import RelativeResolver

ACCOUNT, APP, SOURCE = (
    "2d6bd8b0-7c4f-4a5e-9a3c-0c1b5f0d7a11",
    "8c9d1e52-3f64-4b7a-8d20-6e5a4c3b2a10",
    "f0e1d2c3-b4a5-4697-8877-665544332211",
)
TOKEN, VIEWER = "token-of-a-member", "token-of-a-viewer"
PROBLEMS = "https://astra.netapp.io/problems"
DEFAULTS = {"enabled": "true", "description": "", "arguments": [], "matchingCriteria": []}
Reply = tuple[Any, int] | tuple[Any, int, dict[str, str]]

hooks: dict[str, dict[str, Any]] = {}


def token_info(token: str) -> dict[str, Any] | None:
    """Return the user whose token it is, as ``x-bearerInfoFunc`` asks for; None is a 401."""
    return {"sub": token, "scope": []} if token in {TOKEN, VIEWER} else None


def refuse(status: int, number: int, title: str, detail: str) -> ProblemException:
    """Return a problem of the page's list."""
    kind = f"{PROBLEMS}/{number}"
    return ProblemException(status=status, title=title, detail=detail, type=kind, ext={"status": str(status)})


def must_be_known(account_id: str) -> None:
    """Refuse accounts but the one."""
    if account_id != ACCOUNT:
        raise refuse(
            404, 2, "Collection not found", "The collection specified in the request URI wasn't found."
        )


def must_be_able_to_write(user: str) -> None:
    """Refuse viewers, by what Connexion offers for it."""
    if user == VIEWER:
        raise Forbidden


def json(document: Any, status: int = 200) -> Reply:  # noqa: ANN401 any JSON value
    """Return a response; of the types that the contract offers, always the same one."""
    return document, status, {"Content-Type": "application/json"}


def createExecutionHook(account_id: str, body: dict[str, Any], user: str) -> Reply:  # noqa: N802 as in the contract
    """Create a hook."""
    must_be_known(account_id)
    must_be_able_to_write(user)
    if any(hook["name"] == body["name"] for hook in hooks.values()):
        raise refuse(409, 10, "JSON resource conflict", "The name is taken.")
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    hook = {**DEFAULTS, **body, "id": str(uuid4())}
    labels = (body.get("metadata") or {}).get("labels") or []
    stamps = {"creationTimestamp": now, "modificationTimestamp": now, "createdBy": ACCOUNT}
    hooks[hook["id"]] = {**hook, "metadata": {"labels": labels, **stamps}}
    location = f"{connexion.request.url}/{hook['id']}"
    return hooks[hook["id"]], 201, {"Content-Type": "application/json", "Location": location}


def listExecutionHooks(account_id: str) -> Reply:  # noqa: N802
    """List all hooks; queries are not looked at."""
    must_be_known(account_id)
    kind = {"type": "application/astra-executionHooks", "version": "1.0"}
    return json({**kind, "items": [*hooks.values()], "metadata": {}})


def getExecutionHook(account_id: str, executionHook_id: str) -> Reply:  # noqa: N802, N803
    """Read a hook."""
    must_be_known(account_id)
    if executionHook_id not in hooks:
        raise refuse(404, 1, "Resource not found", "The resource in the URI wasn't found.")
    return json(hooks[executionHook_id])


def deleteExecutionHook(account_id: str, executionHook_id: str, user: str) -> Reply:  # noqa: N802, N803
    """Delete a hook."""
    must_be_able_to_write(user)
    getExecutionHook(account_id, executionHook_id)
    del hooks[executionHook_id]
    return None, 204


def application() -> connexion.AsyncApp:
    """Return the app on the contract, with the function that knows tokens named in it."""
    contract = Path(__file__).parents[2] / "openapi" / "openapi.yaml"
    specification = yaml.load(contract.read_text("utf-8"), Loader=yaml.CSafeLoader)
    bearer = specification["components"]["securitySchemes"]["bearerToken"]
    bearer["x-bearerInfoFunc"] = f"{__name__}.token_info"
    app = connexion.AsyncApp(__name__)
    app.add_api(specification, resolver=RelativeResolver(__name__), resolver_error=501)
    return app


if __name__ == "__main__":
    uvicorn.run(application(), port=int(sys.argv[1]), log_level="warning")
