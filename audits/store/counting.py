"""The part of the store that keeps counts of reviews which themselves may not be stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Engine, delete, select

from audits.store.engine import reading, writing
from audits.store.records import Counted
from audits.store.tables import aggregates
from audits.store.write import insert


class Counting:
    """What is known of a source that forbids storage: numbers marked as aggregate, outside every leak."""

    _engine: Engine

    def save_aggregate(
        self, engagement: str, listing: str, counts: Iterable[Counted], *, as_of: str | None, model: str
    ) -> None:
        """Replace the listing's counts by those of its latest reading."""
        same = {"engagement": engagement, "listing": listing, "as_of": as_of, "model": model}
        with writing(self._engine) as connection:
            held = (aggregates.c.engagement == engagement, aggregates.c.listing == listing)
            connection.execute(delete(aggregates).where(*held))
            insert(connection, aggregates, [same | asdict(each) for each in counts])

    def aggregate(self, engagement: str, listing: str) -> list[Counted]:
        """The listing's counts, by gap, month and stars; none where its reviews are stored themselves."""
        columns = (aggregates.c.gap, aggregates.c.month, aggregates.c.stars, aggregates.c.reviews)
        held = (aggregates.c.engagement == engagement, aggregates.c.listing == listing)
        with reading(self._engine) as connection:
            found = connection.execute(select(*columns).where(*held).order_by(*columns[:3])).mappings()
            return [Counted(**row) for row in found]
