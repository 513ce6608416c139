"""The sandbox's reviews as the store would hold them, and their statements as a perfect model would read them."""

from __future__ import annotations

from audits.analysis.values import GapScore, Statement
from audits.store.records import StoredReview
from spiders.sandbox.truth import TrueReview, Truth

NEGATIVE = ("complaint", "vague", "outside-control", "other-business")
"""Kinds of statement that complain, whether of this business's processes or not."""


def stored(review: TrueReview, held: Truth) -> StoredReview:
    """The review as the store would hold it."""
    return StoredReview(
        key=review.id,
        business=review.business,
        listing=review.business,
        site="sandbox",
        location=review.location,
        url=None,
        rating=float(review.rating),
        rating_raw=str(review.rating),
        title=review.title,
        text=review.text,
        language=None,
        posted_on=review.posted_on,
        posted_precision="day",
        experienced_on=review.experienced,
        verified=review.verified,
        invited=review.invited,
        author_key=review.author,
        content_hash=review.id,
        weak_id=False,
        first_seen=held.last_day,
        last_seen=held.last_day,
        source=None,
        reply_text=review.reply.text if review.reply else None,
        reply_on=review.reply.posted_on if review.reply else None,
        subratings=dict(review.subratings),
    )


def understood(held: Truth) -> list[Statement]:
    """The statements of the site as a perfect model would read them: what measuring alone can find in them."""
    return [
        Statement(
            review=review.id,
            content=review.id,
            field=told.field,
            start=(at := ((review.title if told.field == "title" else review.text) or "").find(told.text)),
            end=at + len(told.text),
            text=told.text,
            complaint=1.0 if told.kind in NEGATIVE else 0.0,
            gaps=tuple(GapScore(gap=gap, confidence=1.0) for gap in told.gaps),
            outside=None if told.kind == "complaint" else told.kind,
            model="truth",
        )
        for business in held.businesses
        for review in business.reviews
        if review.language == "en"
        for told in review.told
    ]
