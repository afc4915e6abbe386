"""Who calls, and what they may do: users, accounts, roles and bearer tokens."""

import hashlib
import secrets
from dataclasses import dataclass
from enum import IntEnum

_TOKEN_BYTES = 32


class Role(IntEnum):
    """What a token may do on its account; each role may do what the ones before it may."""

    VIEWER = 1
    MEMBER = 2
    ADMIN = 3
    OWNER = 4

    @property
    def label(self) -> str:
        """The role's name as the command line and the store write it."""
        return self.name.lower()

    @classmethod
    def labelled(cls, label: str) -> "Role":
        """Return the role of that name. Raises KeyError for any other name."""
        return cls[label.upper()]


@dataclass(frozen=True, slots=True)
class Caller:
    """The user behind a request, on the one account and in the one role that the token is bound to."""

    user_id: str
    account_id: str
    role: Role

    def may(self, method: str) -> bool:
        """Tell whether the role allows a method: viewers read, members and above also write."""
        return self.role >= (Role.VIEWER if method in {"GET", "HEAD"} else Role.MEMBER)


def new_token() -> str:
    """Make a bearer token: 32 random bytes in URL-safe base64, without padding.

    It does not begin with a dash, which a command line would take for an option.
    """
    while (token := secrets.token_urlsafe(_TOKEN_BYTES)).startswith("-"):
        pass
    return token


def token_digest(token: str) -> bytes:
    """Compute what the store keeps of a token: its SHA-256, 32 bytes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
