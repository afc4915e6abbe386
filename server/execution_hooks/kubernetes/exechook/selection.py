"""Which hooks of a cluster are meant, by globs."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from execution_hooks.kubernetes.exechook.cluster import Cluster
from execution_hooks.kubernetes.exechook.hook import ExecHook


class NoSuchHook(LookupError):
    """There is no hook, or none that fits a glob."""


def chosen(cluster: Cluster, globs: Sequence[str]) -> list[ExecHook]:
    """Return the hooks whose name, or namespace and name, fit one of the globs; all if there are none.

    They are sorted as ``Cluster.sorted_hooks`` has them. Raises NoSuchHook.
    """
    hooks = cluster.sorted_hooks()
    if not hooks:
        raise NoSuchHook("there is no ExecHook in what was given")
    for glob in globs:
        if not any(fits(hook, glob) for hook in hooks):
            raise NoSuchHook(f"no ExecHook fits {glob!r}")
    return [hook for hook in hooks if not globs or any(fits(hook, glob) for glob in globs)]


def fits(hook: ExecHook, glob: str) -> bool:
    """Return whether a hook's name fits a glob, or its namespace and name do if the glob has a slash."""
    return fnmatchcase("/".join(hook.key) if "/" in glob else hook.name, glob)
