"""What ANALYSE read out of the reviews, and the audits and publications made of it.

`statements` has one row a text and model, so a text that was read once is not read again; its `spans` is a list of
`[field, start, end, complaint, outside, severity, flags, vector]`. `assignments` has one row a gap given to one.
`scores` is what an audit counts of the same texts, without what is only shown: `[complaint, outside, severity,
[[gap, confidence], …]]` of each statement, best gap first; a text without a statement has no row. It lies in the order
of its key, so that a million rows are read one after the other.
`signals` has numbers about whole reviews that decide nothing; `content_hash` says of which version.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, Table

from audits.store.tables.base import bag, flag, key, metadata, prose, word

statements = Table(
    "statements",
    metadata,
    key("engagement"),
    key("model"),
    key("content_hash"),
    key("wording"),
    bag("spans"),
)

assignments = Table(
    "assignments",
    metadata,
    key("engagement"),
    key("model"),
    key("content_hash"),
    key("wording"),
    Column("statement", Integer, primary_key=True, autoincrement=False),
    key("gap"),
    Column("rank", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
)

scores = Table(
    "scores",
    metadata,
    key("engagement"),
    key("model"),
    key("content_hash"),
    key("wording"),
    bag("given"),
    sqlite_with_rowid=False,
)

signals = Table(
    "signals",
    metadata,
    key("engagement"),
    key("review"),
    key("name"),
    word("content_hash"),
    Column("value", Float, nullable=False),
)

themes = Table(
    "themes",
    metadata,
    key("engagement"),
    key("id"),
    word("gap"),
    word("name"),
    prose("quote", needed=True),
    word("quote_review"),
    bag("reviews"),
)

audits = Table(
    "audits",
    metadata,
    key("engagement"),
    key("id"),
    word("as_of"),
    word("outcome"),
    word("model"),
    word("report_digest"),
    prose("canonical", needed=True),
    word("canonical_sha256"),
    bag("refusals"),
    bag("landings"),
    word("started_at", needed=False),
    word("ended_at", needed=False),
)

findings = Table(
    "findings",
    metadata,
    key("engagement"),
    key("audit"),
    key("gap"),
    Column("rank", Integer, nullable=False),
    bag("leak"),
)

audit_checks = Table(
    "audit_checks",
    metadata,
    key("engagement"),
    key("audit"),
    key("expectation"),
    flag("success"),
    Column("observed", Float),
)

grades = Table(
    "grades",
    metadata,
    key("engagement"),
    key("audit"),
    key("listing"),
    word("grade"),
    bag("reasons"),
)

publications = Table(
    "publications",
    metadata,
    key("engagement"),
    key("audit"),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    word("state"),
    word("path"),
    word("report_digest"),
    bag("files"),
    word("published_at", needed=False),
)
