"""How many reviews report a gap in a month: over the whole span, and month by month."""

from __future__ import annotations

import numpy as np

from audits.analysis.intervals import poisson
from audits.analysis.months import month_name, span_in_months
from audits.analysis.panel import Mask, Panel
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext

DATED = 0.5
"""Share of the reviews that must bear a date, below which nobody can say how many there are a month."""


def exposure(panel: Panel) -> float | NotObservable:
    """The span from the first dated review to the last, in months."""
    days = [review.posted_on for review in panel.reviews if review.posted_on]
    if len(days) < DATED * len(panel.reviews):
        told = gettext("The reviews carry no dates.") if not days else gettext("Most of the reviews carry no date.")
        return NotObservable(reason=told, brief=told)
    return span_in_months(min(days), max(days)) if days else 0.0


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
