"""Rows into tables in bulk, in SQL that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import JSON, Connection, Table

from audits.store.engine import compact

Row = dict[str, Any]
T = TypeVar("T")

AT_ONCE = 5_000
"""Rows that are in memory and on their way at one time."""
FEW = 50
"""As many rows go faster one by one than through COPY."""


def batches(rows: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The rows in lists of at most `size`, each made when it is asked for."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def upsert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows, or update those whose key is there with the columns given; all rows have the same columns."""
    statement_of = _insert(connection)
    keys = [column.name for column in table.primary_key]
    for batch in batches(rows):
        statement = statement_of(table)
        changed = {name: statement.excluded[name] for name in batch[0] if name not in keys}
        if changed:
            statement = statement.on_conflict_do_update(index_elements=keys, set_=changed)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        connection.execute(statement, batch)


def _insert(connection: Connection) -> Callable[[Table], Any]:
    """The dialect's own INSERT, which knows what to do on a conflict; the other dialect is slow to import."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert
    from sqlalchemy.dialects import sqlite

    return sqlite.insert


def insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows that are known not to be there."""
    for batch in batches(rows):
        if connection.dialect.name == "postgresql" and len(batch) > FEW:
            _copied(connection, table, batch)
        else:
            connection.execute(table.insert(), batch)


def _copied(connection: Connection, table: Table, batch: Sequence[Row]) -> None:
    """The rows through COPY, which takes them in a third of the time of as many INSERTs."""
    names = list(batch[0])
    bags = {name for name in names if isinstance(table.c[name].type, JSON)}
    columns = ", ".join(f'"{name}"' for name in names)
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in batch:
            copy.write_row(
                [compact(row[name]) if name in bags and row[name] is not None else row[name] for name in names]
            )
