"""Reviews that say what they said are seen once more in four statements, however many they are.

Most rows of most landings are of this kind. A staged row is one of them where the stored review bears its digest, which
covers everything but where the review stood; the rows that are left are looked at one by one (`sightings`).
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, or_, select

from audits.store.tables import replies, review_versions, reviews, staged
from spiders.items import Landing


def seen_again(connection: Connection, landing: Landing, seen: str, aside: list[int], *, again: bool) -> int:
    """Date the unchanged reviews of a landing and take their rows out of the staging table; how many there were.

    Rows set aside are none of them, and an older landing than the stored one has its say row by row. `again` says that
    this landing was taken in before.
    """
    _looked_at(connection, landing, aside)
    before = and_(*_same(landing), _seen_before(landing, seen, again=again))
    dated = {"last_seen": seen, "landing": landing.id}
    for table, version in ((review_versions, "content_hash"), (replies, "reply_hash")):
        current = (
            table.c.engagement == reviews.c.engagement,
            table.c.review == reviews.c.key,
            table.c[version] == reviews.c[version],
        )
        connection.execute(table.update().where(*current, before).values(**dated))
    connection.execute(reviews.update().where(before).values(**dated, source=staged.c.source))
    now = (*_same(landing), reviews.c.last_seen == seen, reviews.c.landing == landing.id)
    return connection.execute(delete(staged).where(select(reviews.c.key).where(*now).exists())).rowcount


def _looked_at(connection: Connection, landing: Landing, aside: list[int]) -> None:
    """Rows that the gate set aside lose their digest: nothing of them is unchanged."""
    if aside:
        matched = (staged.c.engagement == landing.engagement, staged.c.landing == landing.id)
        one = staged.update().where(*matched, staged.c.row == bindparam("the_row")).values(digest=None)
        connection.execute(one, [{"the_row": row} for row in aside])


def _same(landing: Landing) -> tuple[ColumnElement[bool], ...]:
    return (
        staged.c.engagement == landing.engagement,
        staged.c.landing == landing.id,
        reviews.c.engagement == staged.c.engagement,
        reviews.c.key == staged.c.review_key,
        reviews.c.digest == staged.c.digest,
    )


def _seen_before(landing: Landing, seen: str, *, again: bool) -> ColumnElement[bool]:
    """As `sightings` tells the newest of two landings."""
    tied = and_(reviews.c.last_seen == seen, reviews.c.landing != landing.id)
    earlier = reviews.c.last_seen < seen
    return and_(reviews.c.first_seen <= seen, earlier if again else or_(earlier, tied))
