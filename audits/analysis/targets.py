"""Whether a target of the engagement is reached, by the interval of what it aims at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from audits.analysis.care import reply_rate
from audits.analysis.given import Target
from audits.analysis.intervals import percentiles, resamples, share
from audits.analysis.measures import Aim, Reach
from audits.analysis.months import UNKNOWN, month_name, month_number
from audits.analysis.panel import Mask, Panel
from audits.analysis.values import Figure, NotObservable, Unit
from audits.catalogue import gettext, marked, ngettext

MONTHS = 6
ENOUGH = 30
MEASURES: dict[str, tuple[str, Unit, bool]] = {
    "rating": (marked("Rating"), "stars", True),
    "complaints": (marked("Reviews with a complaint"), "share", False),
    "replies": (marked("Reviews answered"), "share", True),
}
"""Measure → its name, its unit, and whether more is better."""


def aims(panel: Panel, targets: Sequence[Target], period: tuple[str, str]) -> tuple[Aim, ...]:
    """Every target, against the last MONTHS months up to its day or the end of the period, whichever is earlier."""
    ordered = sorted(targets, key=lambda each: (each.by, each.gap or "", each.measure or "", each.value))
    return tuple(_aim(panel, each, min(each.by[:10], period[1][:10])) for each in ordered)


def _aim(panel: Panel, each: Target, until: str) -> Aim:
    name, unit, upwards = MEASURES.get(each.measure or "", (each.gap or each.measure or "", "share", False))
    rows = _lately(panel, until)
    now = _now(panel, each, rows)
    return Aim(
        name=gettext(name),
        gap=each.gap,
        target=Figure(value=each.value, unit=unit, n=0, method="target"),
        by=each.by,
        now=now,
        reach="cannot tell" if isinstance(now, NotObservable) else _reach(now, each.value, upwards=upwards),
    )


def _lately(panel: Panel, until: str) -> Mask:
    after = (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    first = month_name(month_number(after) - MONTHS) + after[7:]
    days = [(review.posted_on or "")[:10] for review in panel.reviews]
    found: Mask = np.array([first <= day <= until for day in days], dtype=np.bool_) & (panel.month != UNKNOWN)
    return found


def _now(panel: Panel, each: Target, rows: Mask) -> Figure | NotObservable:
    if each.gap is None and each.measure not in MEASURES:
        known = ", ".join(sorted(MEASURES))
        return NotObservable(
            reason=gettext(
                "There is no measure of the name %(measure)s; measures are %(known)s.",
                measure=each.measure,
                known=known,
            )
        )
    rated = ~np.isnan(panel.rating)
    if each.measure == "rating" and not rated.any():
        return NotObservable(reason=gettext("The sources of this business hold no star ratings."))
    among = rows & {"rating": rated, "replies": rows}.get(each.measure or "", panel.readable)
    if int(among.sum()) < ENOUGH:
        return NotObservable(
            reason=ngettext(
                "Only %(among)s review of its last %(months)s months is held.",
                "Only %(among)s reviews of its last %(months)s months are held.",
                int(among.sum()),
                among=int(among.sum()),
                months=MONTHS,
            )
        )
    if each.measure == "replies":
        return reply_rate(panel, among)
    if each.measure == "rating":
        return _rating(panel.rating[among])
    hits = panel.complains if each.gap is None else panel.hits[:, panel.column(each.gap)]
    return share(int((hits & among).sum()), int(among.sum()), evidence=panel.keys(hits & among))


def _rating(stars: NDArray[np.float64]) -> Figure:
    values, counts = np.unique(stars, return_counts=True)
    low, high = percentiles(resamples(counts) @ values / len(stars))
    return Figure(value=float(stars.mean()), unit="stars", n=len(stars), method="rating", low=low, high=high)


def _reach(now: Figure, target: float, *, upwards: bool) -> Reach:
    low, high = now.low or 0.0, now.high if now.high is not None else now.value
    if upwards:
        return "reached" if low >= target else "not reached" if high < target else "cannot tell"
    return "reached" if high <= target else "not reached" if low > target else "cannot tell"
