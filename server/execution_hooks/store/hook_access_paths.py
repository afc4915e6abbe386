"""Access paths to the hooks that a filter keeps: the indexes that find the first of them soonest.

SQLite has no statistics to choose by: left alone, it sorts half of an account for a page, or goes through
all of it for a filter that nothing meets. PostgreSQL has statistics, and chooses by itself, but for what it
does not know: that the index of kinds leads to any of them, and that what was never changed has one time.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, any_, func, literal, select

from execution_hooks.domain.listing import Comparison, Selection
from execution_hooks.store.hook_kinds import KIND, KINDS, kinds_of
from execution_hooks.store.pages import AccessPath, Columns, compared, implied, met
from execution_hooks.store.tables import execution_hooks

FEW = 1000
"""So many hooks are read and sorted for a page where no index has them in the order of creation."""
MOST_KINDS = 32
"""A page is merged from so many parts of an index at the most."""

_HOOKS = execution_hooks.c
_IN_ORDER = "ix_execution_hooks_account_id_created_at_id"
_CHANGED = "ix_execution_hooks_changed"
_ORDERED = {
    index.columns[1].name: str(index.name)
    for index in execution_hooks.indexes
    if len(index.columns) == 4 and index.columns.keys()[2:] == ["created_at", "id"]
}
"""Indexes that have the hooks of one value of a column in the order of creation."""
_RANGES = {
    **_ORDERED,
    "id": "sqlite_autoindex_execution_hooks_1",
    "name": "sqlite_autoindex_execution_hooks_2",
}
"""Indexes that have values in their order. Those of constraints have the names that SQLite gives them."""


@contextmanager
def access_paths(
    connection: Connection, account_id: str, app_id: str | None, selection: Selection, columns: Columns
) -> Iterator[Sequence[AccessPath]]:
    """Yield the access paths to the hooks that are selected of an account, or of an app of it.

    They lead to all of them until the block ends, which may be after others have written.
    """
    comparisons = selection.comparisons
    on_sqlite = connection.dialect.name == "sqlite"
    fields = {each.field for each in comparisons}
    if not (fields - {"created_at"} if on_sqlite else fields & {*KIND, "modified_at"}):
        yield (AccessPath(),)
        return
    of_app = () if app_id is None else (Comparison("app_id", "eq", app_id),)
    search = _Search(connection, account_id, replace(selection, comparisons=of_app + comparisons), columns)
    # The connections of readers are in no transaction by themselves.
    connection.exec_driver_sql("BEGIN" if on_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield search.access_paths() if on_sqlite else search.access_paths_on_server()
    finally:
        connection.exec_driver_sql("ROLLBACK")


@dataclass(frozen=True)
class _Search:
    connection: Connection
    account_id: str
    selection: Selection
    columns: Columns

    def access_paths(self) -> Sequence[AccessPath]:
        """Choose by what is stored now."""
        fields = defaultdict[str, list[Comparison]](list)
        for each in self.selection.comparisons:
            fields[each.field].append(each)
        equal = {each.field for each in self.selection.comparisons if each.operator == "eq"}
        if equal & {"id", "name"}:
            return (AccessPath(),)  # to one hook at the most, which SQLite knows
        for field in fields:
            if field in _RANGES and self._few(_RANGES[field], self._conditions(fields[field])):
                return (AccessPath(_RANGES[field]),)
        settled = next((field for field in fields if field in equal & _ORDERED.keys()), None)
        kinds = self._kinds()
        if kinds is not None and not (kinds and settled):
            return kinds
        in_order = AccessPath(_IN_ORDER) if settled is None else self._of_one_value(fields[settled])
        return self._in_order(in_order, fields["modified_at"]) if in_order else ()

    def access_paths_on_server(self) -> Sequence[AccessPath]:
        """Choose what PostgreSQL would not: parts of the index of kinds, and the index of changes."""
        comparisons = self.selection.comparisons
        equal = any(each.operator == "eq" and each.field not in KIND for each in comparisons)
        kinds = self._kinds()
        if kinds is not None and not (kinds and equal):
            return kinds
        return self._in_order(AccessPath(), [each for each in comparisons if each.field == "modified_at"])

    def _kinds(self) -> Sequence[AccessPath] | None:
        """Return an access path to each kind of hooks that meets the comparisons.

        None if all do, or too many.
        """
        comparisons = [each for each in self.selection.comparisons if each.field in KIND]
        if not comparisons:
            return None
        known = list(kinds_of(self.connection, self.account_id))
        fitting = [kind for kind in known if all(met(kind[each.field], each) for each in comparisons)]
        if len(fitting) > MOST_KINDS or (fitting and len(fitting) == len(known)):
            return None
        return [AccessPath(KINDS, [_HOOKS[name] == kind[name] for name in KIND], KIND) for kind in fitting]

    def _of_one_value(self, comparisons: Sequence[Comparison]) -> AccessPath | None:
        """Return the access path to what meets comparisons of a field, one of them by ``eq``.

        None if nothing can meet them.
        """
        field, value = next((each.field, each.value) for each in comparisons if each.operator == "eq")
        if not all(met(value, each) for each in comparisons):
            return None
        return AccessPath(_ORDERED[field], [_HOOKS[field] == value], {field})

    def _in_order(self, path: AccessPath, modified: Sequence[Comparison]) -> Sequence[AccessPath]:
        """Add conditions on changes to an access path.

        Hooks that were never changed were so when they were made.
        """
        changed = _HOOKS.modified_at != _HOOKS.created_at
        if not modified or not self._few(_CHANGED, [changed, *self._conditions(modified)]):
            return (path,)
        created = [replace(each, field="created_at") for each in modified]
        asked = [each for each in created if not implied(each, self.selection.after)]
        never_changed = [_HOOKS.modified_at == _HOOKS.created_at, *self._conditions(asked)]
        of_changed = AccessPath(_CHANGED, [changed])
        if self.connection.dialect.name == "postgresql":
            of_changed = AccessPath(conditions=[self._among([changed, *self._conditions(modified)])])
        return (path._replace(conditions=[*path.conditions, *never_changed]), of_changed)

    def _among(self, conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
        """Make the condition to be among the few changed hooks that meet conditions. They are found first."""
        found = select(_HOOKS.id).where(_HOOKS.account_id == self.account_id, *conditions)
        first = found.order_by(_HOOKS.modified_at).limit(FEW)
        return _HOOKS.id == any_(func.array(first.scalar_subquery()))

    def _few(self, index: str, conditions: Sequence[ColumnElement[bool]]) -> bool:
        """Return whether an index has few hooks that meet conditions which it can find them by."""
        some: Any = select(literal(1)).select_from(execution_hooks)
        if index != _RANGES["id"]:
            some = some.where(_HOOKS.account_id == self.account_id)
        if index == _CHANGED:  # whose order leads PostgreSQL there, which takes all hooks for changed ones
            some = some.order_by(_HOOKS.modified_at)
        found = AccessPath(index, conditions).lead(some, execution_hooks).limit(FEW + 1).subquery()
        return (self.connection.scalar(select(func.count()).select_from(found)) or 0) <= FEW

    def _conditions(self, comparisons: Sequence[Comparison]) -> list[ColumnElement[bool]]:
        return [compared(self.connection, self.columns[each.field], each) for each in comparisons]
