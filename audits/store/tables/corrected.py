"""What people said that the model did not: labels of statements and names of themes, with who and when.

A row holds no text: `text_sha256` is the digest of the words it was said of, `content_hash` names what the review said
then. `label` is
`{"gaps": […], "outside": …}` for a statement and `{"name": …}` for a theme. `part` is `correct`, or which part of a
sample it was: `random`, `doubtful`. One that was withdrawn stays with who did it, when and why, and counts no more.

A row of `lessons` is what an engagement, its labels among it, taught the reading of a model: the latest `at` is in
force, the others stay, so that an old reading can be made again. One without `content` says that nothing is learnt.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from audits.store.tables.base import bag, key, metadata, word

corrections = Table(
    "corrections",
    metadata,
    key("engagement"),
    key("id"),
    word("part"),
    word("review", needed=False),
    word("theme", needed=False),
    word("field", needed=False),
    Column("start", Integer),
    Column("end", Integer),
    word("text_sha256", needed=False),
    word("content_hash", needed=False),
    bag("label"),
    word("who"),
    word("at"),
    word("withdrawn_by", needed=False),
    word("withdrawn_at", needed=False),
    word("withdrawn_why", needed=False),
)

lessons = Table(
    "lessons",
    metadata,
    key("engagement"),
    key("model"),
    key("digest"),
    word("at"),
    Column("labels", Integer, nullable=False),
    bag("content"),
)
