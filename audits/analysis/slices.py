"""Reviews lie in slices: every statement with its place, its words, what joins it to the one before, and the stars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audits.analysis import language, text
from audits.analysis.nearby import joined
from audits.store.records import StoredReview


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A statement before the model has read it."""

    review: str
    content: str
    span: text.Span
    words: str
    joined: str | None
    """What stands between it and the statement before it, which is read with it; None where a passage begins."""
    stars: float | None


def analysed(review: StoredReview) -> bool:
    """Whether the review's language is one that statements are read in; a review without text is not read."""
    if not (review.text or review.title):
        return False
    return language.analysed(language.of_review(review.title, review.text, review.language))


def slices_of(review: StoredReview) -> Iterator[Slice]:
    """The statements of a review, in order."""
    return sliced(review.key, review.content_hash, review.title, review.text, review.rating)


def sliced(key: str, content: str, title: str | None, body: str | None, stars: float | None) -> Iterator[Slice]:
    """The statements of any text."""
    spans = text.spans(title, body)
    for field, whole in (("title", title or ""), ("text", body or "")):
        own = [span for span in spans if span.field == field]
        between = joined(whole, [(span.start, span.end) for span in own])
        for span, before in zip(own, between, strict=True):
            words = whole[span.start : span.end]
            yield Slice(review=key, content=content, span=span, words=words, joined=before, stars=stars)
