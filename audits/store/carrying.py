"""The part of the store that gives an engagement's rows away whole, and takes them in where none of it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Engine, Table, select

from audits.store import StoreError
from audits.store.engine import reading, writing
from audits.store.migrate import HEAD
from audits.store.tables import metadata
from audits.store.write import AT_ONCE, Row, insert

TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
PLACED = ("runs", "publications")


class Carrying:
    """An engagement leaves or arrives."""

    _engine: Engine
    revision = HEAD

    def rows(self, engagement: str) -> Iterator[tuple[str, Iterator[Row]]]:
        """(table, its rows of the engagement in the order of their keys), every table, all of one moment."""
        with reading(self._engine) as connection:
            for table in TABLES:
                wanted = select(table).where(table.c.engagement == engagement).order_by(*table.primary_key.columns)
                found = connection.execution_options(yield_per=AT_ONCE).execute(wanted).mappings()
                yield table.name, (dict(row) for row in found)

    def engagements(self) -> list[str]:
        """Every engagement of which this store holds anything that an audit declared."""
        with reading(self._engine) as connection:
            return sorted(connection.execute(select(metadata.tables["engagements"].c.engagement)).scalars())

    def places(self) -> frozenset[str]:
        """Every folder that a run landed in or that a publication was put in, relative to the workspace."""
        with reading(self._engine) as connection:
            known = (connection.execute(select(metadata.tables[name].c.path)).scalars() for name in PLACED)
            return frozenset(path for found in known for path in found)

    def take_rows(self, engagement: str, given: Iterable[tuple[str, Iterable[Row]]]) -> int:
        """Take in what `rows` gave, in one transaction; how many. Raises `StoreError` where the engagement is here."""
        counted = 0
        with writing(self._engine) as connection:
            for table in TABLES:
                here = select(table.c.engagement).where(table.c.engagement == engagement).limit(1)
                if connection.execute(here).first() is not None:
                    raise StoreError(f"This workspace holds the engagement {engagement} already; restore into another.")
            for name, rows in given:
                table = metadata.tables[name]
                fresh = [_unnumbered(table, row) for row in rows]
                if any(row["engagement"] != engagement for row in fresh):
                    raise StoreError(f"The rows of {name} are not all of the engagement {engagement}: refused.")
                insert(connection, table, fresh)
                counted += len(fresh)
        return counted


def _unnumbered(table: Table, row: Row) -> Row:
    """Without a number that the database counts up by itself: here it may be another one's."""
    own = table.autoincrement_column
    return {name: value for name, value in row.items() if own is None or name != own.name}
