"""The rows that a seed adds to a store, and what keeps it from being added."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from execution_hooks.domain.access import new_token, token_digest
from execution_hooks.domain.hook_source import InvalidScript
from execution_hooks.domain.metadata import new_identifier
from execution_hooks.domain.violations import Path, Violation
from execution_hooks.store.contents import Contents, Row
from execution_hooks.store.rows import naive_utc
from execution_hooks.testing.control.seeds import rows
from execution_hooks.testing.control.seeds.known import Known

_USER = "seed"
_LISTS = {"apps": "apps", "sources": "hook_sources", "hooks": "execution_hooks"}
"""The lists of an account whose items have an id and a name, and the tables that hold them."""


@dataclass
class Plan:
    """What a seed comes to: ``rows`` to add by table, what was ``seeded`` by account, all ``violations``.

    Each resource is created a microsecond after the one before, so that lists are in the seed's order.
    """

    known: Known
    now: datetime
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    seeded: list[dict[str, Any]] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)

    def next_moment(self) -> datetime:
        """Return when the next resource is created."""
        self.now += timedelta(microseconds=1)
        return self.now


def plan(seed: Mapping[str, Any], stored: Contents, now: datetime) -> Plan:
    """Plan to add a seed, which is of the contract's form, to what is stored."""
    planned = Plan(Known.of(stored), now)
    for index, account in enumerate(seed["accounts"]):
        _AccountPlan(planned, ("accounts", index), account).make()
    return planned


class _AccountPlan:
    def __init__(self, planned: Plan, path: Path, account: Mapping[str, Any]) -> None:
        self._planned = planned
        self._known = planned.known
        self._moment = planned.next_moment
        self._path = path
        self._account = account
        self.id: str = account.get("id") or new_identifier()

    def make(self) -> None:
        self._plan_account()
        seeded: dict[str, Any] = {"id": self.id, "tokens": [*self._tokens()]}
        for member, add in (("apps", self._app), ("sources", self._source), ("hooks", self._hook)):
            seeded[member] = [*self._named(member, add)]
        self._planned.seeded.append(seeded)

    def _plan_account(self) -> None:
        switch = self._account.get("hookSwitch", "enabled")
        if self.id in self._known.accounts:
            for member in ("name", "hookSwitch"):
                if member in self._account:
                    self._refuse((member,), "is for a new account, and this one is there already")
        elif "name" in self._account:
            name = self._account["name"]
            self._add("accounts", {"id": self.id, "name": name, "hooks": switch, **self._created()})
            self._known.accounts.add(self.id)
        else:
            self._refuse(("name",), "is required, since there is no such account")

    def _tokens(self) -> Iterator[dict[str, Any]]:
        for index, token in enumerate(self._account.get("tokens", ())):
            text = token.get("token") or new_token()
            digest = token_digest(text)
            if digest in self._known.digests:
                self._refuse(("tokens", index, "token"), "is in use already")
            self._known.digests.add(digest)
            user = token.get("user", _USER)
            only = ",".join(sorted(token["only"])) if "only" in token else None
            expires_at = rows.expiry(token.get("expiresAfterSeconds"), self._planned.now)
            owned = {"account_id": self.id, "user_id": self._user(user), **self._created()}
            row = {"digest": digest, "role": token["role"], "collections": only, "expires_at": expires_at}
            self._add("tokens", {**row, **owned})
            yield {**token, "user": user, "token": text}

    def _user(self, name: str) -> str:
        key = (self.id, name)
        if key not in self._known.users:
            self._known.users[key] = new_identifier()
            row = {"id": self._known.users[key], "account_id": self.id, "name": name}
            self._add("users", {**row, **self._created()})
        return self._known.users[key]

    def _named(
        self, member: str, add: Callable[[Path, str, Mapping[str, Any]], None]
    ) -> Iterator[dict[str, str]]:
        table = _LISTS[member]
        for index, item in enumerate(self._account.get(member, ())):
            place = (member, index)
            for name, reason in self._known.clash(table, self.id, item.get("id"), item["name"]).items():
                self._refuse((*place, name), reason)
            resource_id = item.get("id") or new_identifier()
            add(place, resource_id, item)
            self._known.add(table, self.id, resource_id, item["name"])
            yield {"id": resource_id, "name": item["name"]}

    def _app(self, _place: Path, app_id: str, app: Mapping[str, Any]) -> None:
        row, inventory = rows.app_rows(self.id, app_id, app, self._moment())
        self._add("apps", row)
        if inventory is not None:
            self._add("inventories", inventory)
        if not row["post_failover"]:
            self._known.no_failover.add(app_id)

    def _source(self, place: Path, source_id: str, source: Mapping[str, Any]) -> None:
        try:
            self._add("hook_sources", rows.hook_source_row(self.id, source_id, source, self._moment()))
        except InvalidScript as error:
            self._refuse((*place, "script"), str(error))

    def _hook(self, place: Path, hook_id: str, hook: Mapping[str, Any]) -> None:
        app_id, source_id = (self._reference(place, hook, member) for member in ("app", "source"))
        if hook["action"] == "failover" and app_id in self._known.no_failover:
            self._refuse((*place, "app"), "takes no hooks after a failover")
        references = {"appID": app_id, "hookSourceID": source_id}
        row, violations = rows.execution_hook_row(self.id, hook_id, hook, references, self._moment())
        self._add("execution_hooks", row)
        for each in violations:
            self._refuse((*place, *each.path), each.reason)

    def _reference(self, place: Path, hook: Mapping[str, Any], member: str) -> str:
        found, reason = self._known.find(_LISTS[f"{member}s"], self.id, hook[member])
        if reason:
            self._refuse((*place, member), reason)
        return found

    def _created(self) -> Row:
        return {"created_at": naive_utc(self._moment())}

    def _add(self, table: str, row: Row) -> None:
        self._planned.rows[table].append(row)

    def _refuse(self, path: Path, reason: str) -> None:
        self._planned.violations.append(Violation((*self._path, *path), reason))
