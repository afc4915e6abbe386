"""The demo: account, app and hook source of the documented example, containers, and a request to paste."""

from contextlib import suppress
from datetime import timedelta
from textwrap import dedent

from execution_hooks.domain.access import Role
from execution_hooks.matching.containers import Container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.directory import AlreadyThere, Directory

ACCOUNT_ID = "3f0ab5f1-6fc8-4b7c-9e51-0d5a1f8f6c11"
APP_ID = "7be5ae7c-151d-4230-ac39-ac1d0b33c2a9"
HOOK_SOURCE_ID = "50e89023-ba84-435d-bb47-1833f4c250ff"
TOKEN_VALID_FOR = timedelta(hours=24)

_SCRIPT = b"""\
#!/bin/sh
# Freeze the payroll database before a snapshot, thaw it afterwards.
case "$1" in
  freeze) echo "frozen" ;;
  thaw) echo "thawed" ;;
  *) echo "usage: $0 freeze|thaw" >&2; exit 2 ;;
esac
"""

_CONTAINERS = [
    Container("payroll", pod, (("app", "payroll"), ("tier", tier)), name, image)
    for pod, tier, name, image in (
        ("payroll-db-0", "database", "postgres", "registry.example/postgres:16.4"),
        ("payroll-db-0", "database", "metrics", "registry.example/postgres-exporter:0.15.0"),
        ("payroll-db-1", "database", "postgres", "registry.example/postgres:16.4"),
        ("payroll-db-1", "database", "metrics", "registry.example/postgres-exporter:0.15.0"),
        ("payroll-web-5c9d7f6b8-x2kfp", "web", "web", "registry.example/payroll-web:2.3.1"),
    )
]

# The name ends in eight random digits, so that the command can be pasted again and again.
_CURL = """\
curl -i '{url}/accounts/{account}/core/v1/executionHooks' \\
  -H 'Authorization: Bearer {token}' \\
  -H 'Content-Type: application/json' \\
  -d '{{"type": "application/astra-executionHook", "version": "1.3",
       "name": "Payroll '$(od -An -N4 -tx4 /dev/urandom | tr -d ' ')'", "hookType": "custom",
       "action": "snapshot", "stage": "pre", "arguments": ["freeze"],
       "matchingCriteria": [{{"type": "containerImage", "value": "/postgres:"}}],
       "hookSourceID": "{source}",
       "appID": "{app}"}}'
"""


def prepare(directory: Directory, *, valid_for: timedelta | None = TOKEN_VALID_FOR) -> dict[str, str]:
    """Make sure that the demo's account, app, containers and hook source exist; return their ids.

    They are returned by name (``account``, ``app``, ``hookSource``), with a fresh member ``token``, which
    expires after some time, or never.
    """
    with suppress(AlreadyThere):
        directory.create_account("Demo", account_id=ACCOUNT_ID)
    with suppress(AlreadyThere):
        directory.create_app(ACCOUNT_ID, "payroll", app_id=APP_ID)
    with suppress(AlreadyThere):
        directory.create_hook_source(ACCOUNT_ID, "payroll-freeze", _SCRIPT, source_id=HOOK_SOURCE_ID)
    apps = StoredApps(directory.database)
    if apps.inventory(ACCOUNT_ID, APP_ID) is None:
        apps.replace_containers(ACCOUNT_ID, APP_ID, _CONTAINERS)
    token = directory.create_token(ACCOUNT_ID, Role.MEMBER, user_name="demo", valid_for=valid_for)
    return {"account": ACCOUNT_ID, "token": token, "app": APP_ID, "hookSource": HOOK_SOURCE_ID}


def shown(url: str, token: str, *, expires: bool = True) -> str:
    """Return what to show a user of the demo.

    It has the URLs, the token, the environment that the Python client's README asks for, and a curl command
    that creates a hook each time it runs.
    """
    valid = " (for 24 hours)" if expires else ""
    curl = _CURL.format(url=url, account=ACCOUNT_ID, token=token, source=HOOK_SOURCE_ID, app=APP_ID)
    text = f"""
        API         {url}/accounts/{ACCOUNT_ID}/core/v1/executionHooks
        Reference   {url}/docs
        Contract    {url}/openapi.yaml
        Token       {token}{valid}
        App         {APP_ID}
        Hook source {HOOK_SOURCE_ID}

        For the Python client (see its README):

        export EXECUTION_HOOKS_URL={url}
        export EXECUTION_HOOKS_ACCOUNT={ACCOUNT_ID}
        export EXECUTION_HOOKS_TOKEN={token}

        Create a hook (paste it as often as you like):

        """
    return dedent(text) + curl
