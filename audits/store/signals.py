"""A number a review that is recorded beside what the model reads in it, and decides nothing.

A signal belongs to one version of a review: after an edit it is not read back until the new version has its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, and_, select

from audits.store import StoreError
from audits.store.tables import listings, reviews
from audits.store.tables import signals as table
from audits.store.write import batches, upsert

_VERSION = and_(
    table.c.engagement == reviews.c.engagement,
    table.c.review == reviews.c.key,
    table.c.content_hash == reviews.c.content_hash,
)


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


def signals(connection: Connection, engagement: str, name: str, business: str | None = None) -> dict[str, float]:
    """Review key → value, of the reviews (of one business, else of all) whose current version has it, by key."""
    asked = (
        select(table.c.review, table.c.value)
        .select_from(table.join(reviews, _VERSION))
        .where(table.c.engagement == engagement, table.c.name == name)
        .order_by(table.c.review)
    )
    if business is not None:
        own = select(listings.c.name).where(listings.c.engagement == engagement, listings.c.business == business)
        asked = asked.where(reviews.c.listing.in_(own))
    return dict(connection.execute(asked).all())
