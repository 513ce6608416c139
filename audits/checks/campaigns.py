"""Four weeks in which a listing got many times its usual reviews, and of another kind: what a campaign leaves.

The kind is read from the site's mark of invited reviews where it marks them, else from five stars. Asking customers is
allowed: the signal says that these reviews are no sample of the business's customers. A lasting change is a break of
flow, which the analysis treats apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from statistics import median

from audits.store.records import StoredReview

TIMES, LEAST = 3, 10
"""Three times the usual number and at least ten reviews."""
SPAN = 28
"""Days that are looked at together."""
AROUND = 13
"""Spans before and after (a year each) that tell what is usual; those without a review count."""
POINTS = 0.25
"""By how much the share of invited (or five-star) reviews exceeds that of the spans around."""
MARKED = 0.5
"""Share of a listing's reviews that must say whether they were invited, else stars tell."""
Spans = Mapping[int, Sequence[StoredReview]]


def campaigned(reviews: Iterable[StoredReview]) -> list[str]:
    """The keys of the reviews that a campaign brought: the invited (or five-star) ones of its spans."""
    listings: dict[str, list[StoredReview]] = defaultdict(list)
    for review in reviews:
        if review.posted_on and review.posted_precision in (None, "day"):
            listings[review.listing].append(review)
    return [key for own in listings.values() for key in _of_listing(own)]


def _of_listing(own: Sequence[StoredReview]) -> set[str]:
    """Read on two grids, half a span apart, as a campaign does not begin where ours does."""
    marked = sum(review.invited is not None for review in own) >= MARKED * len(own)
    return {key for shift in (0, SPAN // 2) for key in _on_grid(own, shift, marked)}


def _on_grid(own: Sequence[StoredReview], shift: int, marked: bool) -> list[str]:
    spans: dict[int, list[StoredReview]] = defaultdict(list)
    for review in own:
        spans[(_number(review.posted_on or "") + shift) // SPAN].append(review)
    ends = min(spans), max(spans)
    return [
        review.key
        for at, held in spans.items()
        if len(held) >= LEAST and _stands_out(at, spans, ends, marked)
        for review in held
        if _of_kind(review, marked)
    ]


@lru_cache(maxsize=20_000)
def _number(posted_on: str) -> int:
    return date.fromisoformat(posted_on[:10]).toordinal()


def _stands_out(at: int, spans: Spans, ends: tuple[int, int], marked: bool) -> bool:
    first, last = max(ends[0], at - AROUND), min(ends[1], at + AROUND)
    around = [spans.get(other, ()) for other in range(first, last + 1) if other != at]
    rest = [review for held in around for review in held]
    if not rest or len(spans[at]) < TIMES * max(1.0, median(len(held) for held in around)):
        return False
    return _kind_share(spans[at], marked) - _kind_share(rest, marked) >= POINTS


def _kind_share(held: Sequence[StoredReview], marked: bool) -> float:
    return sum(_of_kind(review, marked) for review in held) / len(held)


def _of_kind(review: StoredReview, marked: bool) -> bool:
    return review.invited is True if marked else (review.rating or 0.0) >= 5
