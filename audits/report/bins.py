"""Months are drawn one by one where most of them hold enough reviews, else gathered into quarters or years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from audits.analysis.intervals import wilson
from audits.report.model import RatingMonth
from audits.report.parts import MonthShare

ENOUGH = 10
"""Reviews that the middle one of the spans must hold."""
LEAST = 3
"""Spans of which a line can be drawn."""
SPANS: dict[str, Callable[[str], str]] = {
    "month": lambda month: month,
    "quarter": lambda month: f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}",
    "year": lambda month: month[:4],
}
"""The name of a span, from the ISO month."""


def span_of(months: Sequence[MonthShare] | Sequence[RatingMonth]) -> str:
    """`month`, `quarter` or `year`: the shortest span that holds enough reviews, else the longest that gives a line."""
    drawn = "month"
    for span, name in SPANS.items():
        held: dict[str, int] = {}
        for one in months:
            held[name(one.month)] = held.get(name(one.month), 0) + one.reviews
        if span != "month" and len(held) < LEAST:
            return drawn
        drawn = span
        if held and median(held.values()) >= ENOUGH:
            return drawn
    return drawn


def shares(months: Sequence[MonthShare]) -> tuple[MonthShare, ...]:
    """A leak's months as they are drawn: hits and reviews of a span together, with a 95% Wilson interval."""
    name = SPANS[span_of(months)]
    held: dict[str, list[int]] = {}
    for one in months:
        hits, reviews = held.get(name(one.month), (0, 0))
        held[name(one.month)] = [hits + one.hits, reviews + one.reviews]
    return tuple(_share(span, hits, reviews) for span, (hits, reviews) in held.items())


def _share(span: str, hits: int, reviews: int) -> MonthShare:
    low, high = wilson(hits, reviews) if reviews else (None, None)
    value = hits / reviews if reviews else None
    return MonthShare(month=span, hits=hits, reviews=reviews, value=value, low=low, high=high)


def ratings(months: Sequence[RatingMonth]) -> tuple[RatingMonth, ...]:
    """The months of a rating as they are drawn: the mean of a span is that of all its reviews."""
    name = SPANS[span_of(months)]
    held: dict[str, list[RatingMonth]] = {}
    for one in months:
        held.setdefault(name(one.month), []).append(one)
    return tuple(_rated(span, found) for span, found in held.items())


def _rated(span: str, found: Sequence[RatingMonth]) -> RatingMonth:
    rated = [(one.reviews, one.mean) for one in found if one.mean is not None]
    n = sum(reviews for reviews, _ in rated)
    mean = sum(reviews * mean for reviews, mean in rated) / n if n else None
    return RatingMonth(month=span, reviews=sum(one.reviews for one in found), mean=mean)
