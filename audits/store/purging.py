"""Words past their time are gone from the store, with what was read out of them; their numbers stay.

The time is counted from the day of collecting. A landing that nobody knows that day of keeps its words.
"""

from __future__ import annotations

from sqlalchemy import Connection, Select, or_, select

from audits.store.erasure import delete_read, from_themes, unlike
from audits.store.tables import replies, review_versions, runs


def purge_text(connection: Connection, engagement: str, before: str) -> frozenset[str]:
    """Titles, texts and replies last collected before a day become NULL or empty; the keys of their reviews."""
    dated = _dated(engagement)
    old = connection.execute(
        select(review_versions.c.review, review_versions.c.content_hash).where(
            review_versions.c.engagement == engagement,
            review_versions.c.last_seen < before,
            review_versions.c.landing.in_(dated),
            or_(review_versions.c.text.is_not(None), review_versions.c.title.is_not(None)),
        )
    ).all()
    keys, contents = {row.review for row in old}, {row.content_hash for row in old}
    for each, empty in ((review_versions, {"title": None, "text": None}), (replies, {"text": ""})):
        past = (each.c.engagement == engagement, each.c.last_seen < before, each.c.landing.in_(dated))
        connection.execute(each.update().where(*past).values(**empty))
    delete_read(connection, engagement, contents)
    from_themes(connection, engagement, keys, ())
    unlike(connection, engagement)
    return frozenset(keys)


def _dated(engagement: str) -> Select[tuple[str]]:
    """Landings whose day of collecting is known; of others a sighting bears the day of their newest review."""
    return select(runs.c.landing).where(runs.c.engagement == engagement, runs.c.as_of.is_not(None))
