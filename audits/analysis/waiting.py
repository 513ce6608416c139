"""Days until a reply, with reviews that still wait counted as waiting: Kaplan and Meier's curve and its quantiles.

Sources: Kaplan and Meier (1958) JASA 53; Greenwood's variance; the interval of a quantile is where the log-log band of
the curve crosses it (Brookmeyer and Crowley 1982, Biometrics 38).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from audits.analysis.intervals import Z
from audits.analysis.panel import Mask, Panel
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext, marked, ngettext
from audits.catalogue.forms import count, percent
from audits.store.records import StoredReview

ENOUGH = 10
"""Reviews under which no time is told."""
METHOD = "reply-time"
NOT_REACHED = marked("not reached")
"""Why there is no day by which so many are answered, in two words."""
UNKNOWN = -1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached(NotObservable):
    """Too few were answered in all the days that can be seen; it surely takes longer than `beyond` days."""

    beyond: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Per review: days until its reply, or the days that it is known to have waited; UNKNOWN where neither."""

    days: NDArray[np.int64]
    answered: Mask
    undated: int
    """Replies whose time cannot be told."""


def waits(panel: Panel, as_of: str) -> Waits:
    """How long every review waited, or has waited until it was last seen without a reply."""
    found = [_wait(review, as_of) for review in panel.reviews]
    answered = panel.replied
    days = np.array(found, dtype=np.int64) if found else np.zeros(0, dtype=np.int64)
    return Waits(days=days, answered=answered, undated=int((answered & (days == UNKNOWN)).sum()))


def _wait(review: StoredReview, as_of: str) -> int:
    """A reply dated before its review answers an earlier version: its time is not known."""
    if not review.posted_on or review.posted_precision not in (None, "day"):
        return UNKNOWN
    if review.reply_text:
        return _days(review.posted_on, review.reply_day) if review.reply_day else UNKNOWN
    seen = min(as_of[:10], review.last_seen[:10])
    return _days(review.posted_on, seen if seen >= review.posted_on[:10] else as_of)


def _days(first: str, last: str) -> int:
    return max(UNKNOWN, _ordinal(last[:10]) - _ordinal(first[:10])) if len(last) >= 10 else UNKNOWN


@lru_cache(4_096)  # a million reviews are of a few thousand days
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def after(found: Waits, rows: Mask, part: float) -> Figure | NotObservable:
    """Days after which this part of the reviews had a reply, waiting ones taken into account."""
    known = rows & (found.days != UNKNOWN)
    n, answers = int(known.sum()), found.answered & rows
    if n < ENOUGH or (answers.any() and not (answers & known).any()):
        return NotObservable(reason=gettext("Too few reviews with dates to tell how long a reply takes."))
    days, left, low, high = curve(found.days[known], found.answered[known])
    value = _reaches(days, left, 1 - part)
    first, last = _reaches(days, low, 1 - part), _reaches(days, high, 1 - part)
    if value is None:
        seen = int(found.days[known].max())
        told = ngettext(
            "Under %(part)s of the reviews were answered in the %(n)s day we can see.",
            "Under %(part)s of the reviews were answered in the %(n)s days we can see.",
            seen,
            part=percent(part),
            n=count(seen),
        )
        beyond = float(seen) if first is None else min(first, seen)
        return NotReached(reason=told, brief=NOT_REACHED, beyond=beyond)
    return Figure(value=value, unit="days", n=n, method=METHOD, low=first, high=last)


def curve(days: NDArray[np.int64], answered: Mask) -> tuple[Floats, Floats, Floats, Floats]:
    """Days on which replies were written, the part that still waited after them, and its 95% band."""
    times, events = np.unique(days[answered], return_counts=True)
    at_risk = len(days) - np.searchsorted(np.sort(days), times, side="left")
    left = np.asarray(np.cumprod(1 - events / at_risk), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(events / (at_risk * (at_risk - events)))
        error = np.sqrt(spread) / np.abs(np.log(left))
        bands = [np.power(left, np.exp(side * Z * error)) for side in (1, -1)]
    ended = (left <= 0) | ~np.isfinite(error)
    low, high = (np.asarray(np.where(ended, left, band), dtype=np.float64) for band in bands)
    return times.astype(np.float64), left, low, high


def _reaches(days: Floats, left: Floats, level: float) -> float | None:
    at = np.flatnonzero(left <= level + 1e-12)
    return float(days[at[0]]) if len(at) else None
