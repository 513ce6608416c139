"""One staged review, as the flat mapping that it was written as, in rows of the store's tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audits.store.identity import reply_hash, review_key
from audits.store.write import Row
from spiders.items import Landing

Staged = Mapping[str, Any]

_REVIEW = (
    "content_hash",
    "url",
    "location",
    "language",
    "posted_on",
    "posted_precision",
    "posted_raw",
    "experienced_on",
    "updated_on",
    "author_key",
    "verified",
    "invited",
    "recommended",
    "subratings",
    "attributes",
    "source",
    "digest",
)
_VERSION = (
    "content_hash",
    "rating",
    "rating_raw",
    "rating_scale",
    "title",
    "text",
)
_REPLY = (
    "text",
    "posted_on",
    "posted_precision",
    "posted_raw",
)


def review_row(landing: Landing, review: Staged, seen: str) -> Row:
    """The review without its words: those are in its versions."""
    reply = review.get("reply")
    return {
        "engagement": landing.engagement,
        "key": _key(landing, review),
        "listing": landing.listing,
        "site_id": review["id"],
        "weak_id": review["weak_id"],
        "reply_hash": reply and reply_hash(landing.engagement, reply["text"]),
        **{name: review.get(name) for name in _REVIEW},
        **_seen(landing, seen),
    }


def version_row(landing: Landing, review: Staged, seen: str) -> Row:
    """What the review said and gave, under the hash of its content."""
    return {
        "engagement": landing.engagement,
        "review": _key(landing, review),
        "listing": landing.listing,
        "redactor_version": landing.redactor_version,
        **{name: review.get(name) for name in _VERSION},
        **_seen(landing, seen),
    }


def reply_row(landing: Landing, review: Staged, seen: str) -> Row:
    """The owner's reply in its present wording, of a review that has one."""
    reply = review["reply"]
    return {
        "engagement": landing.engagement,
        "review": _key(landing, review),
        "reply_hash": reply_hash(landing.engagement, reply["text"]),
        "listing": landing.listing,
        **{name: reply.get(name) for name in _REPLY},
        **_seen(landing, seen),
    }


def _key(landing: Landing, review: Staged) -> str:
    return review_key(landing.engagement, landing.listing, review["id"])


def _seen(landing: Landing, seen: str) -> Row:
    return {"first_seen": seen, "last_seen": seen, "landing": landing.id}
