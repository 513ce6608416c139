"""Who is audited, against whom, on which listings; and the log of what was done in the engagement."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from audits.store.tables.base import bag, flag, key, metadata, prose, word

engagements = Table(
    "engagements",
    metadata,
    key("engagement"),
    word("title", needed=False),
    flag("confidential"),
    prose("canonical", needed=True),
    word("sha256"),
)

businesses = Table(
    "businesses",
    metadata,
    key("engagement"),
    key("name"),
    word("industry", needed=False),
    flag("audited"),
)

locations = Table("locations", metadata, key("engagement"), key("business"), key("name"))

listings = Table(
    "listings",
    metadata,
    key("engagement"),
    key("name"),
    word("business"),
    word("site"),
    word("way"),
    word("url", needed=False),
    word("location", needed=False),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    word("engagement"),
    word("at", needed=False),
    word("event"),
    word("who", needed=False),
    bag("detail"),
)

tombstones = Table(
    "tombstones",
    metadata,
    key("engagement"),
    key("digest"),
    word("kind"),
    word("reason"),
    word("at"),
)
