"""Rows into tables in bulk, in SQL that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = dict[str, Any]
T = TypeVar("T")

AT_ONCE = 5_000
"""Rows that are in memory and on their way at one time."""


def batches(rows: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The rows in lists of at most `size`, each made when it is asked for."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def upsert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows, or update those whose key is there with the columns given; all rows have the same columns."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key]
    for batch in batches(rows):
        statement = dialect.insert(table)
        changed = {name: statement.excluded[name] for name in batch[0] if name not in keys}
        if changed:
            statement = statement.on_conflict_do_update(index_elements=keys, set_=changed)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        connection.execute(statement, batch)


def insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows that are known not to be there."""
    for batch in batches(rows):
        connection.execute(table.insert(), batch)
