"""What tables show of each resource: the heading, and where the value is."""

_CREATED = {"created": "metadata.creationTimestamp"}
HOOKS = {
    **{name: name for name in ("id", "name", "action", "stage", "enabled")},
    "app": "appID",
    "source": "hookSourceID",
    **_CREATED,
}
SOURCES = {**{name: name for name in ("id", "name", "private", "preloaded", "description")}, **_CREATED}
APPS = {**{name: name for name in ("id", "name", "state", "namespaces")}, **_CREATED}
