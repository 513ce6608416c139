"""Rows with a first and a last sighting, whose end state does not depend on the order in which landings come in.

The newest sighting decides what a row says; the newest is the latest `last_seen`, and of two at one time the one whose
landing id is greater. So two workers that ingest two landings in either order leave the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Table, bindparam, select

from audits.store.write import Row, insert, upsert

Key = tuple[str, ...]


class Sighting(NamedTuple):
    """When a stored row was first and last seen, and in which landing last."""

    first_seen: str
    last_seen: str
    landing: str


def sightings(connection: Connection, table: Table, engagement: str, reviews: Sequence[str]) -> dict[Key, Sighting]:
    """Every row of these reviews, given by their keys, by its key without the engagement."""
    names = _names(table)
    columns = [table.c[name] for name in names]
    found = connection.execute(
        select(*columns, table.c.first_seen, table.c.last_seen, table.c.landing).where(
            table.c.engagement == engagement, columns[0].in_(reviews)
        )
    )
    return {tuple(row[: len(names)]): Sighting(*row[len(names) :]) for row in found}


def merge(connection: Connection, table: Table, stored: Mapping[Key, Sighting], seen: Iterable[Row]) -> None:
    """Write what was seen: new rows, rows seen later than before, and earlier first sightings; nothing else."""
    new, later, earlier = [], [], []
    names = _names(table)
    for row in seen:
        before = stored.get(tuple(row[name] for name in names))
        if before is None:
            new.append(row)
        elif (row["last_seen"], row["landing"]) > (before.last_seen, before.landing):
            later.append(row | {"first_seen": min(before.first_seen, row["first_seen"])})
        elif row["first_seen"] < before.first_seen:
            earlier.append({f"the_{name}": row[name] for name in ("engagement", *names, "first_seen")})
    insert(connection, table, new)
    upsert(connection, table, later)
    if earlier:
        matched = [table.c[name] == bindparam(f"the_{name}") for name in ("engagement", *names)]
        connection.execute(table.update().where(*matched).values(first_seen=bindparam("the_first_seen")), earlier)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.primary_key if column.name != "engagement"]
