"""What the store keeps of statements and themes, as the values that are measured; and what people said of them."""

from __future__ import annotations

from audits.analysis.corrections import Applied, applied
from audits.analysis.model import model_version
from audits.analysis.values import GapScore, Statement, Theme
from audits.store.records import StoredReview, StoredStatement, StoredTheme
from audits.store.store import Store


def statement(stored: StoredStatement) -> Statement:
    return Statement(
        review=stored.review,
        content=stored.content,
        field=stored.field,
        start=stored.start,
        end=stored.end,
        text=stored.text,
        complaint=stored.complaint,
        gaps=tuple(GapScore(gap=gap, confidence=confidence) for gap, confidence in stored.gaps),
        outside=stored.outside,
        severity=stored.severity,
        flags=stored.flags,
        model=stored.model,
    )


def theme(stored: StoredTheme) -> Theme:
    return Theme(
        id=stored.id,
        gap=stored.gap,
        name=stored.name,
        quote=stored.quote,
        quote_review=stored.quote_review,
        reviews=stored.reviews,
    )


def own_reviews(store: Store, engagement: str, business: str) -> list[StoredReview]:
    """The reviews of one business."""
    return [review for review in store.reviews(engagement) if review.business == business]


def read(store: Store, engagement: str, reviews: list[StoredReview]) -> list[Statement]:
    """The statements of the reviews as the present model read them in an audit; those it has not read are missing."""
    known = store.statements_for(engagement, model_version(), reviews)
    return [statement(each) for review in reviews for each in known.get(review.key, ())]


def with_corrections(store: Store, engagement: str, found: list[Statement]) -> Applied:
    """The statements with what people said of them."""
    return applied(found, store.corrections(engagement))
