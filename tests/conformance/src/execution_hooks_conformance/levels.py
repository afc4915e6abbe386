"""Levels: how much of the contract a server is held to."""

from collections.abc import Mapping
from enum import Enum
from typing import Any


class Level(Enum):
    """What a server is held to: the documented page, the vendor's other documents too, or the contract."""

    PAGE = "page"
    VENDOR = "vendor"
    FULL = "full"

    def includes(self, other: "Level") -> bool:
        """Tell whether what is demanded at another level is demanded at this one."""
        order = [*Level]
        return order.index(other) <= order.index(self)


_LEVELS = {"page": Level.PAGE, "vendor": Level.VENDOR, "traffic": Level.VENDOR, "ours": Level.FULL}


def level_of(node: Mapping[str, Any]) -> Level:
    """Return the lowest level that a part of the contract belongs to, by where the contract says it is from.

    A part that says nothing of it is on the page.
    """
    return _LEVELS[node.get("x-source") or node.get("source") or "page"]
