"""What a hook hits, as far as a response tells it."""

from collections.abc import Mapping
from typing import Any

from execution_hooks.cli.formats import table, visible, write_structured
from execution_hooks.cli.output import write_out

_COLUMNS = {
    "namespace": "namespaceName",
    "pod": "podName",
    "container": "containerName",
    "image": "containerImage",
}


def write_matches(hook: Mapping[str, Any], form: str) -> bool:
    """Print the containers that a hook hits now; return whether there are any.

    The server tells no more than that. Which criterion keeps the hook from a container, only the store tells.
    """
    found = hook.get("matchingContainers")
    containers = found if isinstance(found, list) else []
    if form in {"json", "yaml"}:
        names = ("id", "name", "appID", "matchingCriteria", "matchingContainers", "matchingImages")
        write_structured({name: hook[name] for name in names if name in hook}, form)
        return bool(containers)
    lines = [visible(f"Hook {hook.get('name')}")]
    for number, each in enumerate(hook.get("matchingCriteria", ()), 1):
        lines.append(visible(f"{number}  {each.get('type')}  {each.get('value')}"))
    if containers:
        rows = [[visible(str(each.get(name, ""))) for name in _COLUMNS.values()] for each in containers]
        lines.extend(table(list(_COLUMNS), rows))
    lines.append(_verdict(found, len(containers)))
    lines.append(
        "Which criterion decides for which container: execution-hooks admin explain, where the store is."
    )
    write_out("\n".join(lines))
    return bool(containers)


def _verdict(found: object, count: int) -> str:
    if not isinstance(found, list):
        return "The server does not know the containers of the app."
    return (
        f"The hook hits {count} container{'' if count == 1 else 's'}." if count else "The hook hits nothing."
    )
