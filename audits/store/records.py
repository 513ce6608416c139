"""The rows that later stages read from the store: frozen, with no SQLAlchemy in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReview:
    """The current version of one review, as ANALYSE and REPORT see it.

    `key` is the review's name everywhere (evidence sets, annex, links): 16 hex digits derived from engagement, listing
    and the site's id, the same on every machine. Dates are ISO strings with their precision beside them.
    """

    key: str
    business: str
    listing: str
    site: str
    location: str | None
    url: str | None
    rating: float | None
    rating_raw: str | None
    title: str | None
    text: str | None
    language: str | None
    posted_on: str | None
    posted_precision: str | None
    experienced_on: str | None
    verified: bool | None
    invited: bool | None
    author_key: str | None
    content_hash: str
    weak_id: bool
    first_seen: str
    last_seen: str
    source: str | None
    reply_text: str | None
    reply_on: str | None
    subratings: Mapping[str, float] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
