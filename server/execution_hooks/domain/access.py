"""Who calls, and what they may do: users, accounts, roles, switches and bearer tokens."""

import hashlib
import secrets
from dataclasses import dataclass
from enum import Enum, IntEnum

from execution_hooks.domain.refusals import Refusal

_TOKEN_BYTES = 32
_ID_BYTES = 8


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


ROLES = {role.label: role for role in Role}
"""The roles by their names, as the command line and the store write them."""

COLLECTIONS = ("executionHooks", "hookSources", "apps")
"""What the API has collections of, as paths name them."""


class HookSwitch(Enum):
    """Whether an account's hooks are switched on, under the name that the store keeps.

    The vendor refuses every operation of an account whose hooks are off, yet documents that they can still be
    deleted; so an account can be either way.
    """

    ENABLED = "enabled"
    CLEAN_UP = "clean-up"
    DISABLED = "disabled"

    def permits(self, method: str, collection: str) -> bool:
        """Return whether a method may be used on a collection of hooks or hook sources."""
        if collection == "apps" or self is HookSwitch.ENABLED:
            return True
        return self is HookSwitch.CLEAN_UP and method in {*_READING, "DELETE"}


_READING = {"GET", "HEAD"}


@dataclass(frozen=True, slots=True)
class Caller:
    """The user behind a request, on the one account and in the one role that the token is bound to.

    ``collections`` are the only ones that the token opens, all if None; ``hooks`` is the account's switch.
    """

    user_id: str
    account_id: str
    role: Role
    collections: frozenset[str] | None = None
    hooks: HookSwitch = HookSwitch.ENABLED

    def refusal(self, method: str, collection: str) -> Refusal | None:
        """Return the first reason to refuse a method on a collection; None if it is allowed.

        Viewers read, members and above also write.
        """
        within = self.collections is None or collection in self.collections
        if not within or self.role < (Role.VIEWER if method in _READING else Role.MEMBER):
            return Refusal.ROLE
        return None if self.hooks.permits(method, collection) else Refusal.HOOKS_SWITCHED_OFF


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


def token_id(digest: bytes) -> str:
    """Return the id by which operators know a token, 16 hexadecimal digits: no token follows from it."""
    return digest[:_ID_BYTES].hex()


def digests_of_id(text: str) -> tuple[bytes, bytes] | None:
    """Return the first and the last digest that have this id; None if it is no id."""
    try:
        beginning = bytes.fromhex(text)
    except ValueError:
        return None
    if len(beginning) != _ID_BYTES:
        return None
    rest = hashlib.sha256().digest_size - _ID_BYTES
    return beginning + b"\0" * rest, beginning + b"\xff" * rest
