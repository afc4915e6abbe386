"""What must exist on a server before it can be judged."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

_PREFIX = "JUDGE_"


@dataclass(frozen=True)
class Facts:
    """An account, a token that may create hooks in it, and an app and a hook source of it.

    Each travels to the process that judges in an environment variable: ``JUDGE_ACCOUNT_ID`` and so on.
    """

    account_id: str
    token: str
    app_id: str
    hook_source_id: str

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
