"""Reads of the store, as the frozen records that later stages see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, select

from audits.store.records import StoredReview
from audits.store.tables import absences, listings, quarantined, replies, review_versions, reviews

_VERSION = and_(
    review_versions.c.engagement == reviews.c.engagement,
    review_versions.c.review == reviews.c.key,
    review_versions.c.content_hash == reviews.c.content_hash,
)
_LISTING = and_(listings.c.engagement == reviews.c.engagement, listings.c.name == reviews.c.listing)
_REPLY = and_(
    replies.c.engagement == reviews.c.engagement,
    replies.c.review == reviews.c.key,
    replies.c.reply_hash == reviews.c.reply_hash,
)
_ABSENT = and_(
    absences.c.engagement == reviews.c.engagement,
    absences.c.review == reviews.c.key,
    absences.c.returned.is_(None),
)

_REPEATED = (
    *("business", "listing", "site", "location", "rating", "rating_raw", "language", "posted_on", "reply_on"),
    *("posted_precision", "experienced_on", "first_seen", "last_seen"),
)
"""Columns whose values many reviews share: each is held once, which halves what a million reviews take."""
_EMPTY: Mapping[str, Any] = {}


def stored_reviews(connection: Connection, engagement: str) -> list[StoredReview]:
    """The current version of every review of an engagement, by key."""
    found = connection.execute(
        select(
            reviews.c.key,
            listings.c.business,
            reviews.c.listing,
            listings.c.site,
            func.coalesce(reviews.c.location, listings.c.location).label("location"),
            reviews.c.url,
            review_versions.c.rating,
            review_versions.c.rating_raw,
            review_versions.c.title,
            review_versions.c.text,
            reviews.c.language,
            reviews.c.posted_on,
            reviews.c.posted_precision,
            reviews.c.experienced_on,
            reviews.c.verified,
            reviews.c.invited,
            reviews.c.author_key,
            reviews.c.content_hash,
            reviews.c.weak_id,
            reviews.c.first_seen,
            reviews.c.last_seen,
            reviews.c.source,
            replies.c.text.label("reply_text"),
            replies.c.posted_on.label("reply_on"),
            reviews.c.subratings,
            reviews.c.attributes,
            absences.c.since.label("absent_since"),
        )
        .select_from(
            reviews.join(review_versions, _VERSION)
            .join(listings, _LISTING)
            .outerjoin(replies, _REPLY)
            .outerjoin(absences, _ABSENT)
        )
        .where(reviews.c.engagement == engagement)
    )
    names = tuple(found.keys())
    same: dict[Any, Any] = {}
    records = []
    for row in found:
        values = dict(zip(names, row, strict=True))
        for name in _REPEATED:
            values[name] = same.setdefault(values[name], values[name])
        for name in ("subratings", "attributes"):
            values[name] = values[name] or _EMPTY
        records.append(StoredReview(**values))
    return sorted(records, key=lambda record: record.key)


def known_ids(connection: Connection, engagement: str, listing: str) -> frozenset[str]:
    """The site's own ids of the reviews held of a listing: a crawl that meets them has reached what is known."""
    found = connection.execute(
        select(reviews.c.site_id).where(
            reviews.c.engagement == engagement, reviews.c.listing == listing, reviews.c.weak_id.is_(False)
        )
    )
    return frozenset(found.scalars())


def set_aside(connection: Connection, engagement: str) -> dict[str, dict[str, int]]:
    """Landing → reason → how many rows are in quarantine for it."""
    found = connection.execute(
        select(quarantined.c.landing, quarantined.c.reason, func.count())
        .where(quarantined.c.engagement == engagement)
        .group_by(quarantined.c.landing, quarantined.c.reason)
        .order_by(quarantined.c.landing, quarantined.c.reason)
    )
    counts: dict[str, dict[str, int]] = {}
    for landing, reason, rows in found:
        counts.setdefault(landing, {})[reason] = rows
    return counts
