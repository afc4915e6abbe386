"""What must exist on a server before it can be judged."""

import os
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any

from execution_hooks_conformance.oracle.account_state import AccountState

_PREFIX = "CONFORMANCE_"


@dataclass(frozen=True)
class Facts:
    """An account, a token that may do everything there, and what the account has.

    ``limited_app_id`` is an app that takes no hooks after a failover. The account also has a hook source,
    which ``source_id`` names where lists do not show it. ``viewer_token`` is that of a user who may only
    read, ``second_token`` that of another user who may do everything; ``limited_token`` opens all but
    hooks, ``revoked_token`` nothing any more; ``foreign_account_id``, ``foreign_token`` are another account
    and one of its tokens. Where one of these is None, what it would show is not judged. ``shortest_key`` is
    the least length of the keys for idempotency that are sent as new ones: 1 in a new account; more where
    earlier runs may have used the few short keys that there are. Each fact travels to the process that judges
    in an environment variable: ``CONFORMANCE_ACCOUNT_ID`` and so on.
    """

    account_id: str
    token: str
    app_id: str
    limited_app_id: str | None = None
    shortest_key: int = 1
    source_id: str | None = None
    viewer_token: str | None = None
    second_token: str | None = None
    limited_token: str | None = None
    revoked_token: str | None = None
    foreign_account_id: str | None = None
    foreign_token: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Facts":
        """Read them; an empty variable counts as unset. Raises KeyError, with its name, if one is missing."""
        given = {each.name: environment.get(_PREFIX + each.name.upper()) for each in fields(cls)}
        for each in fields(cls):
            if not given[each.name] and each.default is MISSING:
                raise KeyError(_PREFIX + each.name.upper())
        values: dict[str, Any] = {name: value for name, value in given.items() if value}
        return cls(**{**values, "shortest_key": int(values.get("shortest_key", cls.shortest_key))})

    @property
    def authorization(self) -> str:
        """The header value that authenticates."""
        return f"Bearer {self.token}"

    def secrets(self) -> dict[str, str]:
        """Return what no report may hold, and what stands there in its place."""
        named = {
            "$TOKEN": self.token,
            "$VIEWER_TOKEN": self.viewer_token,
            "$SECOND_TOKEN": self.second_token,
            "$LIMITED_TOKEN": self.limited_token,
            "$REVOKED_TOKEN": self.revoked_token,
            "$FOREIGN_TOKEN": self.foreign_token,
        }
        return {token: name for name, token in named.items() if token}

    def account_state(self) -> AccountState:
        """The account as it is known before anything was read."""
        limited = {self.limited_app_id} if self.limited_app_id else set()
        return AccountState(
            self.account_id,
            self.authorization,
            viewer=_bearer(self.viewer_token),
            limited=_bearer(self.limited_token),
            stranger=_bearer(self.foreign_token),
            without_failover=limited,
        )

    def environment(self) -> dict[str, str]:
        """The variables that ``from_environment`` reads."""
        return {_PREFIX + name.upper(): str(value or "") for name, value in asdict(self).items()}


def _bearer(token: str | None) -> str:
    """Return the header value that a token makes; an empty text if there is no token."""
    return f"Bearer {token}" if token else ""
