"""What a store holds already, and what a seed has added so far, by what it must not clash with."""

from collections import defaultdict
from dataclasses import dataclass, field

from execution_hooks.store.contents import Contents

_NAMED = ("hook_sources", "execution_hooks")
"""Tables whose names are unique within an account."""


@dataclass
class Known:
    """Ids in use by table, ids and names by table and account, users, digests of tokens."""

    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    users: dict[tuple[str, str], str] = field(default_factory=dict)
    digests: set[bytes] = field(default_factory=set)
    no_failover: set[str] = field(default_factory=set)
    """Apps that take no hooks after a failover."""

    @classmethod
    def of(cls, contents: Contents) -> "Known":
        """Return what is known of a store."""
        known = cls()
        known.ids["accounts"] = {row["id"] for row in contents["accounts"]}
        known.users = {(row["account_id"], row["name"]): row["id"] for row in contents["users"]}
        known.digests = {bytes(row["digest"]) for row in contents["tokens"]}
        for table in ("apps", *_NAMED):
            for row in contents[table]:
                known.add(table, row["account_id"], row["id"], row["name"])
        known.no_failover = {row["id"] for row in contents["apps"] if not row["post_failover"]}
        return known

    def add(self, table: str, account_id: str, resource_id: str, name: str) -> None:
        """Note a resource of an account."""
        self.ids[table].add(resource_id)
        self.named[table, account_id].append((resource_id, name))

    def clash(self, table: str, account_id: str, resource_id: str | None, name: str) -> dict[str, str]:
        """Return why an id or a name cannot be used, by the member; the id is None if it is a fresh one."""
        reasons = {}
        if resource_id in self.ids[table]:
            reasons["id"] = "is in use already"
        if table in _NAMED and any(name == other for _, other in self.named[table, account_id]):
            reasons["name"] = "is in use already in this account"
        return reasons

    def find(self, table: str, account_id: str, text: str) -> tuple[str, str]:
        """Find a resource of an account by its id or name; return its id, or why there is none to take."""
        among = self.named[table, account_id]
        found = [each for each, name in among if each == text] or [
            each for each, name in among if name == text
        ]
        if len(found) == 1:
            return found[0], ""
        one, several = ("an app", "apps") if table == "apps" else ("a hook source", "hook sources")
        return "", f"names several {several}" if found else f"is neither the id nor the name of {one} here"
