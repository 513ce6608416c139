"""Words past their time are gone from the store, with what was read out of them; their numbers stay.

The time is counted from the day of collecting. A landing that nobody knows that day of keeps its words.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection, Select, or_, select

from audits.store.erasure import delete_read, from_themes, unlike
from audits.store.tables import quarantined, replies, review_versions, runs, staged


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
    _aside(connection, engagement, before)
    delete_read(connection, engagement, contents)
    from_themes(connection, engagement, keys, ())
    unlike(connection, engagement)
    return frozenset(keys)


def _aside(connection: Connection, engagement: str, before: str) -> None:
    """Rows that were set aside, or wait with a run that is held, lose their words with their landing."""
    old = select(runs.c.landing).where(runs.c.engagement == engagement, runs.c.as_of < before)
    for each in (staged, quarantined):
        here = (each.c.engagement == engagement, each.c.landing.in_(old))
        for row in connection.execute(select(each.c.landing, each.c.row, each.c.review).where(*here)).all():
            bare = wordless(row.review)
            if bare != row.review:
                one = each.update().where(*here[:1], each.c.landing == row.landing, each.c.row == row.row)
                connection.execute(one.values(review=bare))


def wordless(written: str) -> str:
    """A review as it was written down, without title, text and the words of its reply."""
    said = {name: value for name, value in json.loads(written).items() if name not in ("title", "text")}
    if "reply" in said:
        said["reply"] = said["reply"] | {"text": ""}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _dated(engagement: str) -> Select[tuple[str]]:
    """Landings whose day of collecting is known; of others a sighting bears the day of their newest review."""
    return select(runs.c.landing).where(runs.c.engagement == engagement, runs.c.as_of.is_not(None))
