"""What COLLECT landed and CHECK said of it: runs, pages, staged rows, results, rows set aside and rows released."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, Table

from audits.store.tables.base import bag, flag, key, metadata, prose, word

runs = Table(
    "runs",
    metadata,
    key("engagement"),
    key("landing"),
    word("listing"),
    word("site"),
    word("way"),
    word("path"),
    word("as_of", needed=False),
    word("scope"),
    word("verdict"),
    flag("held"),
    word("reason"),
    word("stop_reason"),
    flag("ingested"),
    Column("reviews", Integer, nullable=False),
    Column("rejects", Integer, nullable=False),
    Column("declared_total", Integer),
    Column("average", Float),
    Column("pages_fetched", Integer, nullable=False),
    bag("pages_failed"),
    word("parser_version"),
    word("redactor_version"),
    bag("files"),
    bag("problems"),
    bag("mapping"),
    word("period", needed=False),
    Column("attempt", Integer),
    word("started_at", needed=False),
    word("ended_at", needed=False),
    Index(None, "engagement", "listing"),
)

pages = Table(
    "pages",
    metadata,
    key("engagement"),
    key("id"),
    word("landing"),
    word("url"),
    word("sha256"),
    word("fetched_at", needed=False),
    Column("status", Integer),
)

staged = Table(
    "staged",
    metadata,
    key("engagement"),
    key("landing"),
    Column("row", Integer, primary_key=True, autoincrement=False),
    prose("review", needed=True),
    word("review_key", needed=False),
    word("digest", needed=False),
    word("source", needed=False),
)

gate_results = Table(
    "gate_results",
    metadata,
    key("engagement"),
    key("landing"),
    key("expectation"),
    flag("success"),
    Column("observed", Float),
)

quarantined = Table(
    "quarantined",
    metadata,
    key("engagement"),
    key("landing"),
    Column("row", Integer, primary_key=True, autoincrement=False),
    word("reason"),
    prose("review", needed=True),
)

releases = Table(
    "releases",
    metadata,
    key("engagement"),
    key("id"),
    word("listing"),
    word("reason"),
    word("who"),
    word("why"),
    word("at"),
)

aggregates = Table(
    "aggregates",
    metadata,
    key("engagement"),
    key("listing"),
    key("gap"),
    key("month"),
    key("stars"),
    Column("reviews", Integer, nullable=False),
    word("as_of", needed=False),
    word("model"),
)
"""All that is kept of a listing whose reviews may not be stored: how many, by gap, month and stars."""
