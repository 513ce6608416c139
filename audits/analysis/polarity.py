"""TextBlob's polarity of a review, beside the stars: a signal that decides nothing.

On the public sets it finds about a third of the complaints, so it is recorded, compared and kept off the bulk path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audits.analysis.intervals import share
from audits.analysis.values import Figure, NotObservable
from audits.store.records import StoredReview

SAMPLE = 2000
"""Reviews at most, the lowest keys first: keys are digests, so that is a random sample which never changes."""
CLEAR = 0.1
HIGH, LOW = 4.0, 2.0


def polarities(reviews: Sequence[StoredReview]) -> Mapping[str, float]:
    """Review key → polarity in −1…1, for the sample of those with text."""
    from textblob.en.sentiments import PatternAnalyzer  # its corpora are not needed for this

    analyzer = PatternAnalyzer()
    with_text = sorted((review for review in reviews if review.text), key=lambda review: review.key)
    return {review.key: float(analyzer.analyze(review.text or "").polarity) for review in with_text[:SAMPLE]}


def contradictions(reviews: Iterable[StoredReview], found: Mapping[str, float]) -> Figure | NotObservable:
    """Share of rated reviews whose polarity clearly contradicts the stars."""
    rated = [review for review in reviews if review.rating is not None and review.key in found]
    if not rated:
        return NotObservable(reason="No review has both text and stars.")
    against = sorted(review.key for review in rated if _against(review.rating or 0.0, found[review.key]))
    return share(len(against), len(rated), method="polarity", evidence=against)


def _against(rating: float, polarity: float) -> bool:
    return (rating >= HIGH and polarity < -CLEAR) or (rating <= LOW and polarity > CLEAR)
