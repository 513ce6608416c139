"""Rows set aside keep their reason; what a person released is taken in, in this landing and in every later one.

A released review is real, so it is taken in; the value that cannot be right in it counts as unknown, with its raw
writing kept beside.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b

from sqlalchemy import Connection, delete, select

from audits.store.records import BAD_RATING, FUTURE, NO_DATE, SAME_ID, SetAside
from audits.store.rows import Staged
from audits.store.tables import quarantined, releases, runs
from audits.store.write import insert
from spiders.items import Landing

_IN_DOUBT = {
    BAD_RATING: ("rating",),
    FUTURE: ("posted_on", "posted_precision"),
    NO_DATE: ("posted_on", "posted_precision"),
}
"""Reason → the values that are dropped when a row is released."""

Aside = tuple[int, str, str]
"""Row, reason, and the review as it was written."""


def released(connection: Connection, landing: Landing, aside: Sequence[Aside]) -> list[Staged]:
    """Keep these rows in quarantine, and return those of them that a person has let through."""
    if not aside:
        return []
    identity = {"engagement": landing.engagement, "landing": landing.id}
    rows = [identity | {"row": row, "reason": reason, "review": review} for row, reason, review in aside]
    insert(connection, quarantined, rows)
    known = _released(connection, landing.engagement)
    return [
        mended(reason, json.loads(review))
        for _, reason, review in aside
        if reason != SAME_ID and name(landing.listing, reason, json.loads(review)) in known
    ]


def forget_quarantined(connection: Connection, landing: Landing) -> None:
    """Nothing of this landing is in quarantine any more; what was released stays released."""
    matched = (quarantined.c.engagement == landing.engagement, quarantined.c.landing == landing.id)
    connection.execute(delete(quarantined).where(*matched))


def name(listing: str, reason: str, review: Staged) -> str:
    """12 hex digits that name a row in quarantine by what it is, not by where it stood."""
    said = "\x1f".join((listing, reason, str(review["id"]), str(review.get("content_hash"))))
    return blake2b(said.encode("utf-8", "replace"), digest_size=6).hexdigest()


def mended(reason: str, review: Staged) -> Staged:
    """The review without the value for which it was set aside."""
    return {key: value for key, value in review.items() if key not in _IN_DOUBT.get(reason, ())}


def set_aside(connection: Connection, engagement: str) -> list[SetAside]:
    """Every row in quarantine, by listing, landing and row, each with its release where it has one."""
    found = connection.execute(
        select(quarantined.c.landing, quarantined.c.row, quarantined.c.reason, quarantined.c.review, runs.c.listing)
        .join(runs, (runs.c.engagement == quarantined.c.engagement) & (runs.c.landing == quarantined.c.landing))
        .where(quarantined.c.engagement == engagement)
        .order_by(runs.c.listing, quarantined.c.landing, quarantined.c.row)
    )
    known = _released(connection, engagement)
    lines = []
    for row in found:
        review = json.loads(row.review)
        called = name(row.listing, row.reason, review)
        who, why = known.get(called, (None, None))
        lines.append(
            SetAside(
                id=called,
                listing=row.listing,
                landing=row.landing,
                row=row.row,
                reason=row.reason,
                source=review.get("source"),
                released_by=who,
                released_why=why,
            )
        )
    return lines


def _released(connection: Connection, engagement: str) -> dict[str, tuple[str, str]]:
    found = connection.execute(
        select(releases.c.id, releases.c.who, releases.c.why).where(releases.c.engagement == engagement)
    )
    return {called: (who, why) for called, who, why in found}
