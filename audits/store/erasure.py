"""A person is gone from every table and leaves a tombstone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, or_, select

from audits.store.identity import review_key
from audits.store.records import Tombstone
from audits.store.tables import (
    absences,
    assignments,
    audit_log,
    corrections,
    quarantined,
    replies,
    review_versions,
    reviews,
    runs,
    scores,
    signals,
    staged,
    statements,
    themes,
)
from audits.store.tables import tombstones as table
from audits.store.write import upsert
from spiders.mentions import masked

_WRITTEN = (
    (review_versions, ("title", "text")),
    (replies, ("text",)),
    (staged, ("review",)),
    (quarantined, ("review",)),
    (themes, ("name", "quote")),
    (corrections, ("label", "withdrawn_why")),
    (audit_log, ("detail",)),
)
"""Where words of reviews stand, and what people wrote of them: a theme may bear a name that somebody gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What went: the keys of reviews, what they said, and rows in which a name was masked."""

    reviews: frozenset[str]
    said: tuple[str, ...]
    rows: int
    masked: int


def tombstones(connection: Connection, engagement: str) -> list[Tombstone]:
    """The tombstones of an engagement, by digest."""
    found = connection.execute(select(table).where(table.c.engagement == engagement).order_by(table.c.digest))
    return [Tombstone(digest=row.digest, kind=row.kind, reason=row.reason, at=row.at) for row in found]


def erase(connection: Connection, engagement: str, stones: Sequence[Tombstone], names: re.Pattern[str] | None) -> Gone:
    """Delete what the tombstones name, mask the names in what stays, keep the tombstones."""
    keys, contents = _named(connection, engagement, stones)
    said = _said(connection, engagement, keys)
    rows = _delete_reviews(connection, engagement, keys)
    rows += _delete_written(connection, engagement, stones)
    rows += delete_read(connection, engagement, contents)
    from_themes(connection, engagement, keys, said)
    named = sum(_mask(connection, engagement, each, columns, names) for each, columns in _WRITTEN) if names else 0
    unlike(connection, engagement)
    upsert(
        connection,
        table,
        [
            {"engagement": engagement, "digest": each.digest, "kind": each.kind, "reason": each.reason, "at": each.at}
            for each in stones
        ],
    )
    return Gone(reviews=frozenset(keys), said=tuple(said), rows=rows, masked=named)


def held(connection: Connection, engagement: str, stones: Sequence[Tombstone]) -> dict[str, list[dict[str, Any]]]:
    """Table → rows, of every table that holds something of these authors and reviews."""
    keys, _ = _named(connection, engagement, stones)
    found: dict[str, list[dict[str, Any]]] = {}
    for each, name in (
        (reviews, "key"),
        (review_versions, "review"),
        (replies, "review"),
        (signals, "review"),
        (corrections, "review"),
    ):
        matched = connection.execute(select(each).where(each.c.engagement == engagement, each.c[name].in_(keys)))
        found[each.name] = [dict(row) for row in matched.mappings()]
    listings = _listings(connection, engagement)
    for each in (staged, quarantined):
        kept = connection.execute(select(each).where(each.c.engagement == engagement)).mappings()
        found[each.name] = [
            dict(row)
            for row in kept
            if about(json.loads(row["review"]), engagement, listings.get(row["landing"], ""), stones)
        ]
    quoted = connection.execute(
        select(themes).where(themes.c.engagement == engagement, themes.c.quote_review.in_(keys))
    )
    found["themes"] = [dict(row) for row in quoted.mappings()]
    return {name: rows for name, rows in found.items() if rows}


def unlike(connection: Connection, engagement: str) -> None:
    """What is held is no longer what was staged of it: the next landing is compared word by word."""
    for each in (reviews, staged):
        connection.execute(each.update().where(each.c.engagement == engagement).values(digest=None))


def about(review: Mapping[str, Any], engagement: str, listing: str, stones: Sequence[Tombstone]) -> bool:
    """Whether a review, as the mapping it was written as, is one that a tombstone names."""
    digests = {stone.digest for stone in stones}
    key = review_key(engagement, listing, str(review["id"])) if review.get("id") else None
    return review.get("author_key") in digests or key in digests


def _listings(connection: Connection, engagement: str) -> dict[str, str]:
    """Landing → listing."""
    found = connection.execute(select(runs.c.landing, runs.c.listing).where(runs.c.engagement == engagement))
    return {row.landing: row.listing for row in found}


def _named(connection: Connection, engagement: str, stones: Sequence[Tombstone]) -> tuple[set[str], set[str]]:
    """Keys and content hashes of the reviews that the tombstones name."""
    digests = [stone.digest for stone in stones]
    found = connection.execute(
        select(reviews.c.key).where(
            reviews.c.engagement == engagement, or_(reviews.c.key.in_(digests), reviews.c.author_key.in_(digests))
        )
    )
    keys = set(found.scalars()) | {stone.digest for stone in stones if stone.kind == "review"}
    versions = connection.execute(
        select(review_versions.c.content_hash).where(
            review_versions.c.engagement == engagement, review_versions.c.review.in_(keys)
        )
    )
    return keys, set(versions.scalars())


def _said(connection: Connection, engagement: str, keys: set[str]) -> list[str]:
    found = connection.execute(
        select(review_versions.c.title, review_versions.c.text).where(
            review_versions.c.engagement == engagement, review_versions.c.review.in_(keys)
        )
    )
    return [each for row in found for each in row if each]


def _delete_reviews(connection: Connection, engagement: str, keys: set[str]) -> int:
    gone = 0
    for each, name in (
        (reviews, "key"),
        (review_versions, "review"),
        (replies, "review"),
        (signals, "review"),
        (corrections, "review"),
        (absences, "review"),
    ):
        gone += connection.execute(delete(each).where(each.c.engagement == engagement, each.c[name].in_(keys))).rowcount
    return gone


def _delete_written(connection: Connection, engagement: str, stones: Sequence[Tombstone]) -> int:
    """Staged and quarantined rows hold a review as JSON: each is opened."""
    listings = _listings(connection, engagement)
    gone = 0
    for each in (staged, quarantined):
        for row in connection.execute(select(each).where(each.c.engagement == engagement)).all():
            if about(json.loads(row.review), engagement, listings.get(row.landing, ""), stones):
                gone += connection.execute(
                    delete(each).where(
                        each.c.engagement == engagement, each.c.landing == row.landing, each.c.row == row.row
                    )
                ).rowcount
    return gone


def delete_read(connection: Connection, engagement: str, contents: set[str]) -> int:
    """What was read out of a text that no review has any more; the words of two reviews may be the same."""
    said = or_(review_versions.c.text.is_not(None), review_versions.c.title.is_not(None))
    left = select(review_versions.c.content_hash).where(review_versions.c.engagement == engagement, said)
    contents = contents.difference(connection.execute(left).scalars())
    gone = 0
    for each in (statements, assignments, scores):
        gone += connection.execute(
            delete(each).where(each.c.engagement == engagement, each.c.content_hash.in_(contents))
        ).rowcount
    return gone


def from_themes(connection: Connection, engagement: str, keys: set[str], said: Sequence[str]) -> None:
    """A theme keeps its id and its other reviews; a quote of an erased review becomes empty."""
    for row in connection.execute(select(themes).where(themes.c.engagement == engagement)).all():
        left = [key for key in row.reviews or () if key not in keys]
        quoted = row.quote_review in keys or any(row.quote and row.quote in each for each in said)
        if quoted or left != (row.reviews or []):
            connection.execute(
                themes.update()
                .where(themes.c.engagement == engagement, themes.c.id == row.id)
                .values(reviews=left, quote="" if quoted else row.quote)
            )


def _mask(
    connection: Connection, engagement: str, each: Table, columns: Sequence[str], pattern: re.Pattern[str]
) -> int:
    """Put [name] where a name stands, in every row of a table."""
    keys = [column.name for column in each.primary_key]
    changed_rows = 0
    for row in connection.execute(select(each).where(each.c.engagement == engagement)).mappings().all():
        clean = {name: _masked(row[name], pattern) for name in columns}
        changed = {name: value for name, value in clean.items() if value != row[name]}
        if changed:
            changed_rows += 1
            connection.execute(each.update().where(*(each.c[name] == row[name] for name in keys)).values(**changed))
    return changed_rows


def _masked(value: Any, pattern: re.Pattern[str]) -> Any:
    """The value without the names, however deep they stand in it."""
    if isinstance(value, str):
        return masked(value, pattern)
    if isinstance(value, Mapping):
        return {name: _masked(each, pattern) for name, each in value.items()}
    return [_masked(each, pattern) for each in value] if isinstance(value, list) else value
