"""What a store holds already, and what a seed has added so far, by what it must not clash with."""

from collections import defaultdict
from dataclasses import dataclass, field

from execution_hooks.store.contents import Contents

_UNIQUE = ("hook_sources", "execution_hooks")
"""Tables whose names are unique within an account."""


@dataclass
class Known:
    """Accounts, users by account and name, digests of tokens, and the other resources by table.

    These are ``owners``, the account of each by its id, and ``named``, the ids of each account by name.
    ``no_failover`` has the apps that take no hooks after a failover.
    """

    accounts: set[str] = field(default_factory=set)
    users: dict[tuple[str, str], str] = field(default_factory=dict)
    digests: set[bytes] = field(default_factory=set)
    owners: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    named: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    no_failover: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, contents: Contents) -> "Known":
        """Return what is known of a store."""
        known = cls(
            accounts={row["id"] for row in contents["accounts"]},
            users={(row["account_id"], row["name"]): row["id"] for row in contents["users"]},
            digests={bytes(row["digest"]) for row in contents["tokens"]},
            no_failover={row["id"] for row in contents["apps"] if not row["post_failover"]},
        )
        for table in ("apps", *_UNIQUE):
            for row in contents[table]:
                known.add(table, row["account_id"], row["id"], row["name"])
        return known

    def add(self, table: str, account_id: str, resource_id: str, name: str) -> None:
        """Note a resource of an account."""
        self.owners[table][resource_id] = account_id
        self.named[table, account_id].setdefault(name, []).append(resource_id)

    def clash(self, table: str, account_id: str, resource_id: str | None, name: str) -> dict[str, str]:
        """Return why an id or a name cannot be used, by the member; the id is None if it is a fresh one."""
        reasons = {}
        if resource_id in self.owners[table]:
            reasons["id"] = "is in use already"
        if table in _UNIQUE and name in self.named[table, account_id]:
            reasons["name"] = "is in use already in this account"
        return reasons

    def find(self, table: str, account_id: str, text: str) -> tuple[str, str]:
        """Find a resource of an account by its id or name; return its id, or why there is none to take."""
        by_name = self.named[table, account_id].get(text, [])
        found = [text] if self.owners[table].get(text) == account_id else by_name
        if len(found) == 1:
            return found[0], ""
        one, several = ("an app", "apps") if table == "apps" else ("a hook source", "hook sources")
        return "", f"names several {several}" if found else f"is neither the id nor the name of {one} here"
