"""Reads of the store, as the frozen records that later stages see."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Text, and_, cast, func, select

from audits.store.records import NOTHING, StoredReview
from audits.store.tables import absences, listings, quarantined, replies, review_versions, reviews
from audits.store.write import AT_ONCE

_VERSION = and_(
    review_versions.c.engagement == reviews.c.engagement,
    review_versions.c.review == reviews.c.key,
    review_versions.c.content_hash == reviews.c.content_hash,
)
_REPLY = and_(
    replies.c.engagement == reviews.c.engagement,
    replies.c.review == reviews.c.key,
    replies.c.reply_hash == reviews.c.reply_hash,
)

_REPEATED = (
    *("business", "listing", "site", "location", "rating", "rating_raw", "language", "posted_on", "reply_on"),
    *("posted_precision", "experienced_on", "first_seen", "last_seen"),
)
"""Columns whose values many reviews share: each is held once, which halves what a million reviews take."""
_BAGS = ("subratings", "attributes")


class _Bags(dict[str | None, Mapping[str, Any]]):
    """JSON as it is written → what it says; most reviews have none, and nobody writes into one."""

    def __missing__(self, written: str | None) -> Mapping[str, Any]:
        self[written] = (json.loads(written) if written else None) or NOTHING
        return self[written]


class _Listed(NamedTuple):
    """What a listing says of all its reviews."""

    business: str
    site: str
    location: str | None


class _Once(dict[Any, Any]):
    """Value → the first one that is equal to it."""

    def __missing__(self, value: Any) -> Any:
        self[value] = value
        return value


def stored_reviews(connection: Connection, engagement: str) -> list[StoredReview]:
    """The current version of every review of an engagement, by key."""
    where = _listings(connection, engagement)
    absent = _absent(connection, engagement)
    found = connection.execute(
        select(
            reviews.c.key,
            reviews.c.listing,
            reviews.c.location,
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
            cast(reviews.c.subratings, Text).label("subratings"),
            cast(reviews.c.attributes, Text).label("attributes"),
        )
        .select_from(reviews.join(review_versions, _VERSION).outerjoin(replies, _REPLY))
        .where(reviews.c.engagement == engagement)
    )
    names, once, bags = tuple(found.keys()), _Once(), _Bags()
    records: list[StoredReview] = []
    for rows in found.partitions(AT_ONCE):  # a column at a time: value by value takes much longer
        columns: dict[str, Iterable[Any]] = dict(zip(names, zip(*rows, strict=True), strict=True))
        columns |= _placed(columns, where)
        columns |= {name: map(once.__getitem__, columns[name]) for name in _REPEATED}
        columns |= {name: map(bags.__getitem__, columns[name]) for name in _BAGS}
        columns["absent_since"] = map(absent.get, columns["key"])
        records += map(StoredReview._make, zip(*map(columns.__getitem__, StoredReview._fields), strict=True))
    return sorted(records, key=attrgetter("key"))


def _placed(columns: Mapping[str, Iterable[Any]], where: Mapping[str, _Listed]) -> dict[str, list[str | None]]:
    """What a review has of its listing: business, site, and the location where it names none itself."""
    listed = [where[name] for name in columns["listing"]]
    own = zip(columns["location"], listed, strict=True)
    return {
        "business": [each.business for each in listed],
        "site": [each.site for each in listed],
        "location": [each.location if location is None else location for location, each in own],
    }


def _listings(connection: Connection, engagement: str) -> dict[str, _Listed]:
    asked = select(listings.c.name, listings.c.business, listings.c.site, listings.c.location)
    return {
        name: _Listed(*rest) for name, *rest in connection.execute(asked.where(listings.c.engagement == engagement))
    }


def _absent(connection: Connection, engagement: str) -> dict[str, str]:
    """Review → since when it is absent."""
    asked = select(absences.c.review, absences.c.since)
    return dict(
        connection.execute(asked.where(absences.c.engagement == engagement, absences.c.returned.is_(None))).all()
    )


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
