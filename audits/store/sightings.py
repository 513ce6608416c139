"""Rows with a first and a last sighting; the newest decides what a row says, in whichever order landings come in.

The newest is the latest `last_seen`: two workers that ingest landings of two times in either order leave the same rows.
Of two landings of one time (an export that was corrected, pages that another parser reads again) the one that was taken
in last is the newest; one that was taken in before and is met again is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, select, tuple_

from audits.store.write import Row, batches, insert, upsert

Key = tuple[str, ...]

TOGETHER = 2_000
"""Keys named in one statement: a database takes some ten thousand values in one."""


class Sighting(NamedTuple):
    """When a stored row was first and last seen, in which landing last, and what it says."""

    first_seen: str
    last_seen: str
    landing: str
    says: Mapping[str, Any]


SEEN = ("first_seen", "last_seen", "landing")


def sightings(connection: Connection, table: Table, engagement: str, reviews: Sequence[str]) -> dict[Key, Sighting]:
    """Every row of these reviews, given by their keys, by its key without the engagement."""
    names = _names(table)
    found = connection.execute(select(table).where(table.c.engagement == engagement, table.c[names[0]].in_(reviews)))
    kept = {}
    for row in found.mappings():
        says = {name: value for name, value in row.items() if name not in SEEN}
        kept[tuple(row[name] for name in names)] = Sighting(row["first_seen"], row["last_seen"], row["landing"], says)
    return kept


def merge(
    connection: Connection, table: Table, stored: Mapping[Key, Sighting], seen: Iterable[Row], *, again: bool
) -> None:
    """Write what was seen: new rows, rows seen later than before, and earlier first sightings; nothing else.

    `again` says that the landing of these rows was taken in before.
    A row that says what it said before only gets its last sighting: that is most of them, most nights.
    """
    names = _names(table)
    new: list[Row] = []
    later: list[Row] = []
    earlier: list[Row] = []
    same: dict[tuple[str, str], list[Key]] = {}
    for row in seen:
        key = tuple(row[name] for name in names)
        before = stored.get(key)
        if before is None:
            new.append(row)
        elif _newer(row, before, again=again):
            if row["first_seen"] >= before.first_seen and _says(row) == before.says:
                same.setdefault((row["last_seen"], row["landing"]), []).append(key)
            else:
                later.append(row | {"first_seen": min(before.first_seen, row["first_seen"])})
        elif row["first_seen"] < before.first_seen:
            earlier.append({f"the_{name}": row[name] for name in ("engagement", *names, "first_seen")})
    insert(connection, table, new)
    upsert(connection, table, later)
    _seen_again(connection, table, same, stored)
    if earlier:
        matched = [table.c[name] == bindparam(f"the_{name}") for name in ("engagement", *names)]
        connection.execute(table.update().where(*matched).values(first_seen=bindparam("the_first_seen")), earlier)


def _newer(row: Row, before: Sighting, *, again: bool) -> bool:
    if row["last_seen"] == before.last_seen:
        return not again and row["landing"] != before.landing
    return bool(row["last_seen"] > before.last_seen)


def _seen_again(
    connection: Connection, table: Table, same: Mapping[tuple[str, str], Sequence[Key]], stored: Mapping[Key, Sighting]
) -> None:
    columns = [table.c[name] for name in _names(table)]
    for (last_seen, landing), keys in same.items():
        engagement = stored[keys[0]].says["engagement"]
        for batch in batches(keys, TOGETHER):
            here = columns[0].in_([key[0] for key in batch]) if len(columns) == 1 else tuple_(*columns).in_(batch)
            matched = table.update().where(table.c.engagement == engagement, here)
            connection.execute(matched.values(last_seen=last_seen, landing=landing))


def _says(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in SEEN}


def _names(table: Table) -> list[str]:
    return [column.name for column in table.primary_key if column.name != "engagement"]
