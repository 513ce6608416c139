"""How many reviews report a gap in a month: over the whole span, and month by month."""

from __future__ import annotations

import numpy as np

from audits.analysis.intervals import poisson
from audits.analysis.months import UNKNOWN, first_day, last_day, month_name, month_number, span_in_months
from audits.analysis.panel import Mask, Panel
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext
from audits.store.records import StoredReview

DATED = 0.5
"""Share of the reviews that must bear a date, below which nobody can say how many there are a month."""


def exposure(panel: Panel) -> float | NotObservable:
    """The span from the first dated review to the last, in months."""
    spans = [_span(review.posted_on, review) for review in panel.reviews if review.posted_on]
    if len(spans) < DATED * len(panel.reviews):
        told = gettext("The reviews carry no dates.") if not spans else gettext("Most of the reviews carry no date.")
        return NotObservable(reason=told, brief=told)
    return span_in_months(min(first for first, _ in spans), max(last for _, last in spans)) if spans else 0.0


def _span(day: str, review: StoredReview) -> tuple[str, str]:
    """The first day and the last on which the review may have been written: none after it was seen."""
    if review.posted_precision == "year":
        return day, max(day, min(f"{day[:4]}-12-31", review.first_seen[:10]))
    month = month_number(day, review.posted_precision)
    if review.posted_precision != "month" or month == UNKNOWN:
        return day, day
    return first_day(month), max(day, min(last_day(month), review.first_seen[:10]))


def per_month(panel: Panel, with_gap: Mask, months: float | NotObservable) -> Figure | NotObservable:
    """Reviews with the gap a month, over the months that the reviews span."""
    if isinstance(months, NotObservable):
        return months
    events = int(with_gap.sum())
    low, high = poisson(events, months)
    return Figure(
        value=events / months,
        unit="reviews a month",
        n=int(panel.readable.sum()),
        method="per-month",
        low=low,
        high=high,
    )


def monthly(panel: Panel, with_gap: Mask) -> tuple[tuple[str, int, int], ...]:
    """(month, reviews with the gap, readable reviews) from the first month with a review to the last."""
    dated = panel.readable & (panel.month >= 0)
    if not dated.any():
        return ()
    first, last = int(panel.month[dated].min()), int(panel.month[dated].max())
    n = np.bincount(panel.month[dated] - first, minlength=last - first + 1)
    k = np.bincount(panel.month[dated & with_gap] - first, minlength=last - first + 1)
    return tuple((month_name(first + at), int(k[at]), int(n[at])) for at in range(last - first + 1))
