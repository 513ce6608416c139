"""What the client said of a finding of an audit: `says` is agree, dispute or fixed, and `fixed_on` the day of it."""

from __future__ import annotations

from sqlalchemy import Table

from audits.store.tables.base import key, metadata, word

answers = Table(
    "answers",
    metadata,
    key("engagement"),
    key("audit"),
    key("gap"),
    word("says"),
    word("fixed_on", needed=False),
    word("comment", needed=False),
    word("who"),
    word("at"),
)
