"""The containers of apps, which tests change in the store of a running server."""

from collections.abc import Sequence

from execution_hooks.matching.containers import Container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.directory import Directory
from harness.accounts import Account


def container(
    pod: str = "payroll-db-0",
    name: str = "postgres",
    image: str = "registry.example/postgres:16.4",
    namespace: str = "payroll",
    **labels: str,
) -> Container:
    """Make a container."""
    return Container(namespace, pod, tuple(labels.items()), name, image)


DATABASE = container(app="payroll", tier="database")
METRICS = container(name="metrics", image="registry.example/exporter:0.15.0", app="payroll", tier="database")
WEB = container("payroll-web-x2kfp", "web", "registry.example/web:2.3.1", app="payroll", tier="web")


def import_containers(
    directory: Directory, account: Account, containers: Sequence[Container], app_id: str = ""
) -> None:
    """Replace what is known of the containers of the account's app, or of another one of its apps."""
    StoredApps(directory.database).replace_containers(account.id, app_id or account.app_id, containers)
