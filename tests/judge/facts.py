"""What must exist on a server before it can be judged."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

_PREFIX = "JUDGE_"


@dataclass(frozen=True)
class Facts:
    """An account that nobody else uses meanwhile, a token that may do everything there, and two apps of it.

    ``limited_app_id`` is an app that takes no hooks after a failover. The account also has a hook source.
    Each fact travels to the process that judges in an environment variable: ``JUDGE_ACCOUNT_ID`` and so on.
    """

    account_id: str
    token: str
    app_id: str
    limited_app_id: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Facts":
        """Read them. Raises KeyError if one is missing."""
        return cls(**{each.name: environment[_PREFIX + each.name.upper()] for each in fields(cls)})

    @property
    def authorization(self) -> str:
        """The header value that authenticates."""
        return f"Bearer {self.token}"

    def environment(self) -> dict[str, str]:
        """The variables that ``from_environment`` reads."""
        return {_PREFIX + name.upper(): value for name, value in asdict(self).items()}
