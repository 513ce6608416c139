"""A correction knows which content of its review it was said of, so that it does not pass to what an edit put there."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

NAMES = ("engagement", "id", "review", "field", "start", "end", "text_sha256", "content_hash")
corrections = sa.table("corrections", *map(sa.column, NAMES))
versions = sa.table(
    "review_versions", *map(sa.column, ("engagement", "review", "content_hash", "title", "text", "first_seen"))
)


def upgrade() -> None:
    connection = op.get_bind()
    exact = "C" if connection.dialect.name == "postgresql" else None
    op.add_column("corrections", sa.Column("content_hash", sa.String(collation=exact), nullable=True))
    said = connection.execute(sa.select(corrections).where(corrections.c.review.is_not(None))).all()
    named = sa.select(versions).where(versions.c.review.in_({each.review for each in said}))
    held = defaultdict(list)
    for row in connection.execute(named.order_by(versions.c.first_seen)) if said else ():
        held[row.engagement, row.review].append(row)
    for each in said:
        if found := _content(each, held[each.engagement, each.review]):
            key = corrections.c.engagement == each.engagement, corrections.c.id == each.id
            connection.execute(corrections.update().where(*key).values(content_hash=found))


def _content(each: Any, held: Sequence[Any]) -> str | None:
    """The newest version that has the very words at the very place, else the only one; None where it cannot be told."""
    for row in reversed(held):
        words = (row.title if each.field == "title" else row.text) or ""
        if sha256(words[each.start or 0 : each.end or 0].encode()).hexdigest() == each.text_sha256:
            return str(row.content_hash)
    return str(held[0].content_hash) if len(held) == 1 else None
