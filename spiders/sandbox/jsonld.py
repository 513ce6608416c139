"""The schema.org description of one listing page, as rating sites embed it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from spiders.sandbox.truth import Business, TrueReview


def embedded(business: Business, shown: Sequence[TrueReview]) -> str:
    """JSON for a script element: `</` and `<!--` cannot end or hide it."""
    return json.dumps(described(business, shown), ensure_ascii=False, indent=1).replace("<", "\\u003c")


def described(business: Business, shown: Sequence[TrueReview]) -> dict[str, Any]:
    """The business, its rating over all its reviews, and the reviews of this page."""
    held = business.reviews
    thing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": f"/biz/{business.plan.slug}",
        "name": business.plan.name,
        "url": f"/biz/{business.plan.slug}",
    }
    if held:
        thing["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{sum(review.rating for review in held) / len(held):.2f}",
            "reviewCount": len(held),
            "bestRating": 5,
            "worstRating": 1,
        }
    return thing | {"review": [_review(business, review) for review in shown]}


def _review(business: Business, review: TrueReview) -> dict[str, Any]:
    thing: dict[str, Any] = {
        "@type": "Review",
        "@id": review.id,
        "url": f"/review/{review.id}",
        "author": {"@type": "Person", "name": review.author},
        "datePublished": review.posted_on,
        "inLanguage": review.language,
        "reviewRating": _ratings(review),
    }
    optional = {"name": review.title, "reviewBody": review.text, "dateModified": review.updated_on}
    thing |= {key: value for key, value in optional.items() if value is not None}
    if review.location:
        thing["itemReviewed"] = {"@type": "LocalBusiness", "name": review.location}
    if review.reply:
        thing["comment"] = {
            "@type": "Comment",
            "author": {"@type": "Organization", "name": business.plan.name},
            "text": review.reply.text,
            "datePublished": review.reply.posted_on,
        }
    return thing | {"additionalProperty": _properties(review)}


def _ratings(review: TrueReview) -> dict[str, Any] | list[dict[str, Any]]:
    whole = {"@type": "Rating", "ratingValue": review.rating, "bestRating": 5, "worstRating": 1}
    parts = [
        {"@type": "Rating", "reviewAspect": aspect, "ratingValue": value, "bestRating": 5, "worstRating": 1}
        for aspect, value in review.subratings
    ]
    return [whole, *parts] if parts else whole


def _properties(review: TrueReview) -> list[dict[str, Any]]:
    facts = {"verified": review.verified, "invited": review.invited, "experienced": review.experienced}
    return [
        {"@type": "PropertyValue", "name": name, "value": value} for name, value in facts.items() if value is not None
    ]
