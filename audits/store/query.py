"""Reads of the store, as the frozen records that later stages see."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Table, Text, cast, func, select

from audits.store import StoreError
from audits.store.records import NOTHING, StoredReview
from audits.store.tables import absences, listings, quarantined, replies, review_versions, reviews
from audits.store.write import AT_ONCE, batches

_REPEATED = (
    *("listing", "location", "rating", "rating_raw", "language", "posted_on", "reply_on"),
    *("posted_precision", "reply_precision", "experienced_on", "first_seen", "last_seen"),
)
"""Columns whose values many reviews share: each is held once, which halves what a million reviews take."""
_BAGS = ("subratings", "attributes")
_SAID = ("rating", "rating_raw", "title", "text")
_ANSWERED = ("reply_text", "reply_on", "reply_precision")
_NO_ANSWER = (None, None, None)
_Version = tuple[str, str]
"""Review and content hash, or review and reply hash."""


class _Bags(dict[str | None, Mapping[str, Any]]):
    """JSON as it is written → what it says; most reviews have none, and nobody writes into one."""

    def __missing__(self, written: str | None) -> Mapping[str, Any]:
        self[written] = (json.loads(written) if written else None) or NOTHING
        return self[written]


class _Versions(dict[_Version, tuple[Any, ...]]):
    """What the versions of reviews say."""

    def taken(self, version: _Version) -> tuple[Any, ...]:
        """What one says, once: what it took of memory is there for the record that is made of it."""
        found = self.pop(version, None)
        if found is None:
            raise StoreError("The store holds a review without its words: restore it from its last backup.")
        return found


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


def stored_reviews(connection: Connection, engagement: str, keys: Sequence[str] | None = None) -> list[StoredReview]:
    """The current version of every review of an engagement (of those with these keys), by key.

    Each table is read once from its beginning to its end and put together here: keys are in no order of the rows, so
    that a join looks every one of a million up by itself, which takes several times as long.
    """
    where = _listings(connection, engagement)
    absent = _absent(connection, engagement)
    once, bags = _Once(), _Bags()
    records: list[StoredReview] = []
    for chosen in _parts(connection, engagement, keys):
        said, answers = _said(connection, engagement, chosen), _answers(connection, engagement, chosen)
        for columns in _columns(connection, engagement, chosen):
            given = zip(columns["key"], columns["reply_hash"], strict=True)
            columns |= _unzipped(_SAID, map(said.taken, zip(columns["key"], columns["content_hash"], strict=True)))
            columns |= _unzipped(_ANSWERED, (answers.pop(each, _NO_ANSWER) for each in given))
            columns |= _placed(columns, where)
            columns |= {name: map(once.__getitem__, columns[name]) for name in _REPEATED}
            columns |= {name: map(bags.__getitem__, columns[name]) for name in _BAGS}
            columns["absent_since"] = map(absent.get, columns["key"])
            records += map(StoredReview._make, zip(*map(columns.__getitem__, StoredReview._fields), strict=True))
    return sorted(records, key=attrgetter("key"))


def review_keys(connection: Connection, engagement: str) -> Iterator[str]:
    """The key of every review of an engagement, in no order; some are held at a time."""
    asked = select(reviews.c.key).where(reviews.c.engagement == engagement)
    yield from connection.scalars(asked, execution_options={"yield_per": AT_ONCE})


class _Chosen(NamedTuple):
    """Rows of one listing, or of some reviews."""

    listing: str | None = None
    keys: Sequence[str] = ()

    def among(self, table: Table, review: Column[str]) -> ColumnElement[bool]:
        return review.in_(self.keys) if self.listing is None else table.c.listing == self.listing


def _parts(connection: Connection, engagement: str, keys: Sequence[str] | None) -> Iterable[_Chosen]:
    """What is held at a time: a listing, the largest first, whose memory serves the others; or so many reviews."""
    if keys is not None:
        return (_Chosen(keys=some) for some in batches(keys))
    counted = select(reviews.c.listing).where(reviews.c.engagement == engagement).group_by(reviews.c.listing)
    names = connection.scalars(counted.order_by(func.count().desc(), reviews.c.listing)).all()
    return [_Chosen(name) for name in names]


def _columns(connection: Connection, engagement: str, chosen: _Chosen) -> Iterator[dict[str, Iterable[Any]]]:
    """Reviews, some at a time, a column at a time: value by value takes much longer."""
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
    found = connection.execute(asked.where(reviews.c.engagement == engagement, chosen.among(reviews, reviews.c.key)))
    names = tuple(found.keys())
    for rows in found.partitions(AT_ONCE):
        yield dict(zip(names, zip(*rows, strict=True), strict=True))


def _said(connection: Connection, engagement: str, chosen: _Chosen) -> _Versions:
    """What every version of these reviews says: _SAID."""
    own = review_versions.c
    asked = select(own.review, own.content_hash, *(own[name] for name in _SAID))
    found = connection.execute(asked.where(own.engagement == engagement, chosen.among(review_versions, own.review)))
    return _Versions({(row[0], row[1]): row[2:] for row in found})


def _answers(connection: Connection, engagement: str, chosen: _Chosen) -> dict[_Version, tuple[Any, ...]]:
    """What every version of the replies to these reviews says: _ANSWERED."""
    own = replies.c
    asked = select(own.review, own.reply_hash, own.text, own.posted_on, own.posted_precision)
    found = connection.execute(asked.where(own.engagement == engagement, chosen.among(replies, own.review)))
    return {(row[0], row[1]): row[2:] for row in found}


def _placed(columns: Mapping[str, Iterable[Any]], where: Mapping[str, _Listed]) -> dict[str, Iterable[str | None]]:
    """What a review has of its listing: business, site, and the location where it names none itself."""
    listed = [where[name] for name in columns["listing"]]
    own = zip(columns["location"], listed, strict=True)
    return {
        "business": [each.business for each in listed],
        "site": [each.site for each in listed],
        "location": [each.location if location is None else location for location, each in own],
    }


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
