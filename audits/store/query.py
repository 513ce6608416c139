"""Reads of the store, as the frozen records that later stages see."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Text, cast, func, select

from audits.store import StoreError
from audits.store.records import NOTHING, StoredReview
from audits.store.tables import absences, listings, quarantined, replies, review_versions, reviews
from audits.store.write import AT_ONCE

_REPEATED = (
    *("listing", "location", "rating", "rating_raw", "language", "posted_on", "reply_on"),
    *("posted_precision", "experienced_on", "first_seen", "last_seen"),
)
"""Columns whose values many reviews share: each is held once, which halves what a million reviews take."""
_BAGS = ("subratings", "attributes")
_SAID = ("rating", "rating_raw", "title", "text")
_ANSWERED = ("reply_text", "reply_on")
_NO_ANSWER = (None, None)
_Version = tuple[str, str]
"""Review and content hash, or review and reply hash."""


class _Bags(dict[str | None, Mapping[str, Any]]):
    """JSON as it is written → what it says; most reviews have none, and nobody writes into one."""

    def __missing__(self, written: str | None) -> Mapping[str, Any]:
        self[written] = (json.loads(written) if written else None) or NOTHING
        return self[written]


class _Versions(dict[_Version, tuple[Any, ...]]):
    """What the versions of reviews say."""

    def __missing__(self, version: _Version) -> tuple[Any, ...]:
        raise StoreError("The store holds a review without its words: restore it from its last backup.")


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
    """The current version of every review of an engagement, by key.

    Each table is read once from its beginning to its end and put together here: keys are in no order of the rows, so
    that a join looks every one of a million up by itself, which takes several times as long.
    """
    absent = _absent(connection, engagement)
    once, bags = _Once(), _Bags()
    records: list[StoredReview] = []
    for name, listed in _listings(connection, engagement).items():
        said, answers = _said(connection, engagement, name), _answers(connection, engagement, name)
        for columns in _columns(connection, engagement, name):
            keys = columns["key"]
            columns |= _unzipped(_SAID, map(said.__getitem__, zip(keys, columns["content_hash"], strict=True)))
            given = zip(keys, columns["reply_hash"], strict=True)
            columns |= _unzipped(_ANSWERED, (answers.get(each, _NO_ANSWER) for each in given))
            columns |= {"business": repeat(listed.business), "site": repeat(listed.site)}
            columns["location"] = [listed.location if own is None else own for own in columns["location"]]
            columns |= {name: map(once.__getitem__, columns[name]) for name in _REPEATED}
            columns |= {name: map(bags.__getitem__, columns[name]) for name in _BAGS}
            columns["absent_since"] = map(absent.get, keys)
            records += map(StoredReview._make, zip(*map(columns.__getitem__, StoredReview._fields), strict=False))
    return sorted(records, key=attrgetter("key"))


def _columns(connection: Connection, engagement: str, listing: str) -> Iterator[dict[str, Iterable[Any]]]:
    """The reviews of a listing, some at a time, a column at a time: value by value takes much longer."""
    asked = select(
        reviews.c.key,
        reviews.c.listing,
        reviews.c.location,
        reviews.c.url,
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
        reviews.c.reply_hash,
        cast(reviews.c.subratings, Text).label("subratings"),
        cast(reviews.c.attributes, Text).label("attributes"),
    )
    found = connection.execute(asked.where(reviews.c.engagement == engagement, reviews.c.listing == listing))
    names = tuple(found.keys())
    for rows in found.partitions(AT_ONCE):
        yield dict(zip(names, zip(*rows, strict=True), strict=True))


def _said(connection: Connection, engagement: str, listing: str) -> _Versions:
    """What every version of a listing's reviews says: _SAID."""
    own = review_versions.c
    asked = select(own.review, own.content_hash, *(own[name] for name in _SAID))
    found = connection.execute(asked.where(own.engagement == engagement, own.listing == listing))
    return _Versions({(row[0], row[1]): row[2:] for row in found})


def _answers(connection: Connection, engagement: str, listing: str) -> dict[_Version, tuple[Any, ...]]:
    """What every version of the replies to a listing's reviews says: _ANSWERED."""
    asked = select(replies.c.review, replies.c.reply_hash, replies.c.text, replies.c.posted_on)
    found = connection.execute(asked.where(replies.c.engagement == engagement, replies.c.listing == listing))
    return {(row[0], row[1]): row[2:] for row in found}


def _unzipped(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, Iterable[Any]]:
    return dict(zip(names, zip(*rows, strict=True), strict=True))


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
