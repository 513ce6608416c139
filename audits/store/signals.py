"""A number a review that is recorded beside what the model reads in it, and decides nothing.

A signal belongs to one version of a review: after an edit it is not read back until the new version has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from audits.store import StoreError
from audits.store.records import StoredReview
from audits.store.tables import reviews
from audits.store.tables import signals as table
from audits.store.write import batches, upsert


def save_signals(connection: Connection, engagement: str, name: str, values: Mapping[str, float]) -> None:
    """Keep or replace the signal of these reviews, all of them or none; raises `StoreError` for one not held."""
    asked = select(reviews.c.key, reviews.c.content_hash).where(reviews.c.engagement == engagement)
    versions: dict[str, str] = {}
    for keys in batches(sorted(values)):
        versions |= dict(connection.execute(asked.where(reviews.c.key.in_(keys))).all())
    if missing := sorted(values.keys() - versions.keys()):
        raise StoreError(f"A signal {name} of a review that is not held cannot be kept: {missing[0]}.")
    identity = {"engagement": engagement, "name": name}
    rows = [identity | {"review": key, "content_hash": versions[key], "value": values[key]} for key in sorted(values)]
    upsert(connection, table, rows)


def signals(
    connection: Connection, engagement: str, name: str, held: Iterable[StoredReview] | None = None
) -> dict[str, float]:
    """Review key → value, of the reviews (of those held, else of all) whose current version has it.

    They are read one after the other, whosesoever they are: to look each up by its key takes several times as long.
    """
    versions: dict[str, str]
    if held is None:
        asked = select(reviews.c.key, reviews.c.content_hash).where(reviews.c.engagement == engagement)
        versions = dict(connection.execute(asked).all())
    else:
        versions = {review.key: review.content_hash for review in held}
    known = select(table.c.review, table.c.value, table.c.content_hash)
    found = connection.execute(known.where(table.c.engagement == engagement, table.c.name == name))
    return {review: value for review, value, content in found if versions.get(review) == content}
