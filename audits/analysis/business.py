"""What is known of one business in the period: its rating, how its reviews arrive, and every gap's share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor

import numpy as np

from audits.analysis.intervals import share
from audits.analysis.months import month_name
from audits.analysis.panel import Panel
from audits.analysis.reaching import rated as mean_stars
from audits.analysis.values import Figure, FlowBreak, NotObservable
from audits.catalogue import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessFindings:
    """What is known of one business in the audit period."""

    business: str
    reviews: int
    first: str | None
    last: str | None
    """ISO dates of the first and the last review in the period."""
    rating: Figure | NotObservable
    stars: Mapping[int, int]
    monthly: tuple[tuple[str, int, float | None], ...]
    """(month, reviews, mean rating)."""
    shares: Mapping[str, Figure]
    """Every gap in the frame → share of reviews."""
    breaks: tuple[FlowBreak, ...]
    read_at: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(location, month) → readable reviews, of the audited business."""


def business(panel: Panel, breaks: Sequence[FlowBreak], *, named: bool = False) -> BusinessFindings:
    """The findings of one business; every gap of the frame has a share, also where it is nought.

    `named`: its rating carries the reviews behind it, which is every rated one: for the audited business.
    """
    days = sorted(review.posted_on for review in panel.reviews if review.posted_on)
    n = int(panel.readable.sum())
    return BusinessFindings(
        business=panel.business,
        reviews=len(panel.reviews),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        rating=rating(panel, named=named),
        stars=_stars(panel),
        monthly=_monthly(panel),
        shares={
            gap: share(int(rows.sum()), n, evidence=panel.keys(rows))
            for gap, rows in zip(panel.gaps, (panel.hits & panel.readable[:, None]).T, strict=True)
        },
        breaks=tuple(breaks),
        read_at=_read_at(panel) if named else {},
    )


def _read_at(panel: Panel) -> dict[tuple[str, str], int]:
    names, where = panel.located
    known = (where >= 0) & (panel.month >= 0)
    cells = Counter(zip(where[known].tolist(), panel.month[known].tolist(), strict=True))
    return {(names[place], month_name(month)): n for (place, month), n in sorted(cells.items())}


def rating(panel: Panel, *, named: bool = False) -> Figure | NotObservable:
    """Mean stars with a bootstrap interval."""
    known = ~np.isnan(panel.rating)
    rated = panel.rating[known]
    if not len(rated):
        return NotObservable(reason=gettext("The sources of this business hold no star ratings."))
    return mean_stars(rated.tolist(), panel.keys(known) if named else ())


def locations(panel: Panel) -> tuple[tuple[str, int, float | None], ...]:
    """(location, reviews, mean rating), most reviews first."""
    at: dict[str, list[float]] = {}
    for review in panel.reviews:
        if review.location:
            at.setdefault(review.location, []).append(np.nan if review.rating is None else review.rating)
    rows = [(name, len(ratings), _mean(np.array(ratings))) for name, ratings in at.items()]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def _stars(panel: Panel) -> dict[int, int]:
    """Reviews by whole stars, halves rounded up."""
    counts = Counter(min(5, max(1, floor(value + 0.5))) for value in panel.rating[~np.isnan(panel.rating)])
    return {star: counts[star] for star in range(1, 6)}


def _monthly(panel: Panel) -> tuple[tuple[str, int, float | None], ...]:
    known = panel.month[panel.month >= 0]
    if not len(known):
        return ()
    months = range(int(known.min()), int(known.max()) + 1)
    rows = [(month, panel.rating[panel.month == month]) for month in months]
    return tuple((month_name(month), len(ratings), _mean(ratings)) for month, ratings in rows)


def _mean(ratings: np.ndarray) -> float | None:
    rated = ratings[~np.isnan(ratings)]
    return float(rated.mean()) if len(rated) else None
