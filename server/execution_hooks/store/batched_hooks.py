"""The statements that write many hooks at once, on PostgreSQL (see writer.BatchedWrite).

Each is a transaction of its own. What the work of a hook would refuse, they leave out. Where another
transaction comes in between, as by the same name, they fail by a constraint.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    JSON,
    Column,
    ColumnElement,
    Select,
    Text,
    any_,
    bindparam,
    cast,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningDelete, ReturningUpdate

from execution_hooks.domain.idempotency import KEPT_FOR
from execution_hooks.store.hook_insertion import Place
from execution_hooks.store.idempotency import drop_expired
from execution_hooks.store.resources import insertion, other_of_name
from execution_hooks.store.tables import apps, execution_hooks, idempotency_keys

_Values = Mapping[str, ColumnElement[Any]]

_HOOKS = execution_hooks.c
_KEYS = idempotency_keys.c
_ROW_VERSION = cast(literal_column("execution_hooks.xmin"), Text).label("row_version")
"""The transaction that wrote a row: another one, once the row is changed."""

FIND_HOOKS = select(execution_hooks, _ROW_VERSION).where(
    _HOOKS.id == any_(bindparam("keys", type_=ARRAY(_HOOKS.id.type)))
)
"""Find the hooks of some ids, to change or to delete them."""


def insert_hooks() -> Select[tuple[str, str | None]]:
    """Insert hooks; return the id of each and its app's inventory."""
    new = _rows(execution_hooks.columns)
    return _with_inventory(_inserted(new, *Place.of(new)))


def insert_keyed_hooks() -> Select[tuple[str, str | None]]:
    """Do the same with hooks that have idempotency keys, and keep these; drop those that are over their time.

    Where a key is there already, its hook is left out.
    """
    claims = [each for each in _KEYS if each.name not in {*_HOOKS.keys(), "resource_id"}]
    rows = select(*_rows([*_HOOKS, *claims]).values()).cte("new")
    new = dict(rows.c.items())
    known = exists().where(*(_KEYS[name] == new[name] for name in ("account_id", "user_id", "key")))
    inserted = _inserted(new, *Place.of(new), ~known)
    claim = {each.name: new["id" if each is _KEYS.resource_id else each.name] for each in _KEYS}
    oldest = select(func.min(new["created_at"]) - KEPT_FOR).scalar_subquery()
    claimed = insert(idempotency_keys).from_select(
        list(claim), select(*claim.values()).join(inserted, inserted.c.id == new["id"])
    )
    return _with_inventory(inserted).add_cte(
        claimed.returning(_KEYS.key).cte("claimed"),
        drop_expired("postgresql", oldest).returning(_KEYS.key).cte("dropped"),
    )


def update_hooks() -> ReturningUpdate[tuple[str]]:
    """Replace hooks by what was made of them, unless they were changed since they were found."""
    new = _rows([*execution_hooks.columns, Column("row_version", Text)])
    taken = other_of_name(execution_hooks, new)
    values = {each.name: new[each.name] for each in execution_hooks.columns if not each.primary_key}
    replaced = update(execution_hooks).values(values).where(*_unchanged(new), *Place.of(new), ~taken)
    return replaced.returning(_HOOKS.id)


def delete_hooks() -> ReturningDelete[tuple[str]]:
    """Delete hooks, unless they were changed since they were found."""
    found = _rows([_HOOKS.id, Column("row_version", Text)])
    return delete(execution_hooks).where(*_unchanged(found)).returning(_HOOKS.id)


def _rows(columns: Iterable[Column[Any]]) -> dict[str, ColumnElement[Any]]:
    """Return the columns of the rows that a statement is given, by their names."""
    rows = cast(bindparam("rows", type_=Text), JSON)
    fields = [column(each.name, each.type) for each in columns]
    table = func.json_to_recordset(rows).table_valued(*fields).render_derived(name="new", with_types=True)
    return dict(table.c.items())


def _unchanged(found: _Values) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _HOOKS.id == found["id"], _ROW_VERSION.element == found["row_version"]


def _inserted(new: _Values, *conditions: ColumnElement[bool]) -> CTE:
    names = execution_hooks.columns.keys()
    row = select(*(new[name] for name in names)).where(*conditions)
    made = insertion("postgresql", execution_hooks).from_select(names, row, include_defaults=False)
    only = made.on_conflict_do_nothing(index_elements=["account_id", "name"])
    return only.returning(_HOOKS.id, _HOOKS.app_id).cte("inserted")


def _with_inventory(inserted: CTE) -> Select[tuple[str, str | None]]:
    app_id = inserted.c.app_id.collate("default")  # as the index of apps has it
    return select(inserted.c.id, apps.c.inventory).join(apps, apps.c.id == app_id)
