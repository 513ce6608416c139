"""Whether reviews get an answer: reply rate, also of low ratings, and days until the reply."""

from __future__ import annotations

from datetime import date

import numpy as np
from scipy.stats import binom

from audits.analysis.intervals import LEVEL, share
from audits.analysis.panel import Mask, Panel
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext, marked
from audits.store.records import StoredReview

LOW_STARS = 2.5
"""One- and two-star reviews lie under it: between whole stars a rating counts as the nearest, a half as the upper."""
RATE = "replied"
NONE_HELD = marked("none held")
"""Why there is no rate of replies, in two words."""


def none_held() -> NotObservable:
    """Why nothing is told of replies."""
    told = gettext("The sources hold no replies: none were given, or the sources do not carry them.")
    return NotObservable(reason=told, brief=NONE_HELD)


def reply_rate(panel: Panel, among: Mask | None = None) -> Figure | NotObservable:
    """Share of the reviews (of those in `among`) that carry a reply, where the business has any reply at all."""
    answered = panel.replied
    if not answered.any():
        return none_held()
    rows = np.ones(len(panel.reviews), dtype=np.bool_) if among is None else among
    if not rows.any():
        return NotObservable(reason=gettext("There is no such review."))
    return share(int((rows & answered).sum()), int(rows.sum()), method=RATE, evidence=panel.keys(rows & answered))


def low_reply_rate(panel: Panel) -> Figure | NotObservable:
    """The same for one- and two-star reviews."""
    return reply_rate(panel, panel.rating < LOW_STARS)


def reply_days(panel: Panel) -> Figure | NotObservable:
    """Median days from review to reply where both dates are known to the day; its interval is of exact ranks."""
    days = {review.key: _days(review) for review in panel.reviews}
    known = {key: value for key, value in days.items() if value is not None}
    if not known:
        return NotObservable(reason=gettext("No reply has a date beside the date of its review."))
    ordered = sorted(known.values())
    rank = max(1, int(binom.ppf((1 - LEVEL) / 2, len(ordered), 0.5)))
    return Figure(
        value=float(np.median(ordered)),
        unit="days",
        n=len(ordered),
        method="reply-days",
        low=float(ordered[rank - 1]),
        high=float(ordered[-rank]),
        evidence=tuple(sorted(known)),
    )


def _days(review: StoredReview) -> int | None:
    """A reply dated before its review answers an earlier version: its time is not known."""
    day = review.reply_day
    if not review.reply_text or not day or not review.posted_on or review.posted_precision != "day":
        return None
    between = (date.fromisoformat(day) - date.fromisoformat(review.posted_on[:10])).days
    return between if between >= 0 else None
