"""How engagements are kept fresh: a row a period that was run, an alert that was raised, a report that was sent."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from audits.store.tables.base import bag, key, metadata, word

periods = Table(
    "periods",
    metadata,
    key("engagement"),
    key("period"),
    Column("attempt", Integer, nullable=False),
    word("started_at"),
    word("process"),
    word("ended_at", needed=False),
    word("outcome", needed=False),
    bag("detail"),
)
"""`process` names who runs it; `ended_at` is missing while it runs, or where it was killed."""

alerts = Table(
    "alerts",
    metadata,
    key("engagement"),
    key("id"),
    word("kind"),
    word("subject"),
    word("says"),
    word("raised_at"),
    word("seen_at"),
    word("ended_at", needed=False),
    word("sent_at", needed=False),
    word("acknowledged_at", needed=False),
    word("acknowledged_by", needed=False),
)
"""`seen_at` is the last run that found it so; `ended_at` the first that did not."""

sendings = Table(
    "sendings",
    metadata,
    key("engagement"),
    key("audit"),
    key("recipient"),
    key("at"),
    Column("revision", Integer, nullable=False),
    word("digest"),
    word("outcome"),
)
"""Who got which report, with the digest of what was sent."""
