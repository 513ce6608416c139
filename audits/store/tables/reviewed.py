"""Reviews as they stand, every version of their text and stars, every reply they have had, every absence."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Table

from audits.store.tables.base import bag, flag, key, metadata, prose, word

reviews = Table(
    "reviews",
    metadata,
    key("engagement"),
    key("key"),
    word("listing"),
    word("site_id"),
    flag("weak_id"),
    word("content_hash"),
    word("reply_hash", needed=False),
    word("url", needed=False),
    word("location", needed=False),
    word("language", needed=False),
    word("posted_on", needed=False),
    word("posted_precision", needed=False),
    word("posted_raw", needed=False),
    word("experienced_on", needed=False),
    word("updated_on", needed=False),
    word("author_key", needed=False),
    flag("verified", needed=False),
    flag("invited", needed=False),
    flag("recommended", needed=False),
    bag("subratings"),
    bag("attributes"),
    word("source", needed=False),
    word("digest", needed=False),
    word("first_seen"),
    word("last_seen"),
    word("landing"),
    Index(None, "engagement", "listing"),
)
"""`digest` covers all that was staged of the newest sighting but where it stood; NULL where words went since then."""

review_versions = Table(
    "review_versions",
    metadata,
    key("engagement"),
    key("review"),
    key("content_hash"),
    word("listing"),
    Column("rating", Float),
    word("rating_raw", needed=False),
    word("rating_scale", needed=False),
    prose("title"),
    prose("text"),
    word("redactor_version"),
    word("first_seen"),
    word("last_seen"),
    word("landing"),
    Index(None, "engagement", "listing"),
)

replies = Table(
    "replies",
    metadata,
    key("engagement"),
    key("review"),
    key("reply_hash"),
    word("listing"),
    prose("text", needed=True),
    word("posted_on", needed=False),
    word("posted_precision", needed=False),
    word("posted_raw", needed=False),
    word("first_seen"),
    word("last_seen"),
    word("landing"),
    Index(None, "engagement", "listing"),
)

absences = Table(
    "absences",
    metadata,
    key("engagement"),
    key("review"),
    key("since"),
    word("listing"),
    word("returned", needed=False),
    Index(None, "engagement", "listing"),
)
