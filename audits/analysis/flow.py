"""Months from which reviews arrive differently, so that shares before and after do not compare.

A break is a sustained jump in volume against the business's own rhythm, a smaller jump that brings another share of
five stars with it, a burst of a month or two with another mix, or a change in the share of invited reviews. Ordinary
months, slow growth and a season that came before in the same months are not breaks. Rule and failings: docs/method.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from audits.analysis.intervals import newcombe, z_of
from audits.analysis.jumps import AFTER, BEFORE, jumps, spikes
from audits.analysis.months import UNKNOWN, month_name, month_number, month_words
from audits.analysis.panel import covered
from audits.analysis.values import FlowBreak
from audits.catalogue import gettext
from audits.catalogue.forms import decimal, percent
from audits.store.records import StoredReview

INVITED_POINTS = 0.25
INVITED_KNOWN = 0.5
"""The flag must be known for half of the reviews, else its share says how a site marks, not whom a firm asks."""
MIN_MARKED = 20
FIVE = 4.5
"""Stars that count as five: between whole stars a rating counts as the nearest, a half as the upper, in every table."""
SURE = z_of(0.99)

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Reviews a month over the whole months of a business; index 0 is month `start`."""

    business: str
    start: int
    volume: Counts
    rated: Counts
    five: Counts
    marked: Counts
    """Reviews whose source says whether they were invited."""
    invited: Counts


def arrivals(business: str, reviews: Sequence[StoredReview], until: str) -> Arrivals | None:
    """How reviews arrived up to the end of the period, history before the period included."""
    told = [row for row in reviews if row.posted_on and row.posted_on[:10] <= until[:10]]
    months = [month_number(row.posted_on, row.posted_precision) for row in told]
    dated = [row for row, month in zip(told, months, strict=True) if month != UNKNOWN]
    span = covered(dated)
    if span is None:
        return None
    first, last = span
    at = np.array([month for month in months if month != UNKNOWN]) - first

    within = (at >= 0) & (at <= last - first)

    def monthly(flags: Sequence[bool]) -> Counts:
        inside = np.array(flags, dtype=np.bool_) & within
        return np.bincount(at[inside], minlength=last - first + 1).astype(np.int64)

    return Arrivals(
        business=business,
        start=first,
        volume=monthly([True] * len(dated)),
        rated=monthly([row.rating is not None for row in dated]),
        five=monthly([row.rating is not None and row.rating >= FIVE for row in dated]),
        marked=monthly([row.invited is not None for row in dated]),
        invited=monthly([row.invited is True for row in dated]),
    )


def breaks(flow: Arrivals | None) -> tuple[FlowBreak, ...]:
    """Every break, oldest first; at most one a month, a change of invitation before a change of volume."""
    if flow is None:
        return ()
    found = {month: _volume_break(flow, month) for month in jumps(flow.volume, flow.five, flow.rated)}
    for month, length in spikes(flow.volume, flow.five, flow.rated):
        found.setdefault(month, _burst(flow, month, length))
    found |= {month: _invited_break(flow, month) for month in _invited_months(flow)}
    return tuple(found[month] for month in sorted(found))


def inside(breaks: Sequence[FlowBreak], first: int, last: int) -> FlowBreak | None:
    """The last break that parts the months `first` to `last`: one at `first` has everything on its own side."""
    names = month_name(first), month_name(last)
    parting = [one for one in breaks if names[0] < one.month <= names[1]]
    return parting[-1] if parting else None


def _volume_break(flow: Arrivals, at: int) -> FlowBreak:
    before = float(np.mean(flow.volume[max(0, at - BEFORE) : at]))
    after = float(np.mean(flow.volume[at : at + AFTER]))
    told = {"month": month_words(flow.start + at), "business": flow.business}
    told |= {"after": decimal(after, 0), "before": decimal(before, 0)}
    told |= _mix(flow, at, AFTER)
    if "was" not in told:
        sentence = gettext(
            "From %(month)s %(business)s received about %(after)s reviews a month, against about %(before)s before.",
            **told,
        )
    elif told["now"] == told["was"]:
        sentence = gettext(
            "From %(month)s %(business)s received about %(after)s reviews a month, against about %(before)s before; "
            "%(now)s of them gave five stars, as before.",
            **told,
        )
    else:
        sentence = gettext(
            "From %(month)s %(business)s received about %(after)s reviews a month, against about %(before)s before, "
            "and %(now)s of them gave five stars against %(was)s.",
            **told,
        )
    month = month_name(flow.start + at)
    return FlowBreak(month=month, kind="volume", before=before, after=after, sentence=sentence)


def _burst(flow: Arrivals, at: int, length: int) -> FlowBreak:
    before = float(np.mean(flow.volume[max(0, at - BEFORE) : at]))
    after = float(np.mean(flow.volume[at : at + length]))
    told = {"month": month_words(flow.start + at), "business": flow.business}
    told |= {"after": decimal(after, 0), "before": decimal(before, 0)}
    mix = _mix(flow, at, length)
    sentence = (
        gettext(
            "In %(month)s %(business)s received about %(after)s reviews in a month, against about %(before)s before, "
            "and %(now)s of them gave five stars against %(was)s.",
            **told,
            **mix,
        )
        if mix
        else gettext(
            "In %(month)s %(business)s received about %(after)s reviews in a month, against about %(before)s before.",
            **told,
        )
    )
    month = month_name(flow.start + at)
    return FlowBreak(month=month, kind="volume", before=before, after=after, sentence=sentence)


def _mix(flow: Arrivals, at: int, length: int) -> dict[str, str]:
    """What the jump did to the share of five stars, where both sides have rated reviews."""
    rated = flow.rated[max(0, at - BEFORE) : at].sum(), flow.rated[at : at + length].sum()
    if not all(rated):
        return {}
    five = flow.five[max(0, at - BEFORE) : at].sum(), flow.five[at : at + length].sum()
    was, now = five[0] / rated[0], five[1] / rated[1]
    return {"now": percent(now), "was": percent(was)}


def _invited_months(flow: Arrivals) -> list[int]:
    """Months where the share of invited reviews steps by 25 points or more, clearly: the steepest of each stretch."""
    steps: dict[int, float] = {}
    for at in range(AFTER, len(flow.volume) - AFTER + 1):
        past, ahead = slice(at - AFTER, at), slice(at, at + AFTER)
        if min(_known(flow, past), _known(flow, ahead)) < INVITED_KNOWN:
            continue
        n, m = int(flow.marked[ahead].sum()), int(flow.marked[past].sum())
        if min(n, m) < MIN_MARKED:
            continue
        k, j = int(flow.invited[ahead].sum()), int(flow.invited[past].sum())
        low, high = newcombe(k, n, j, m, SURE)
        if abs(k / n - j / m) >= INVITED_POINTS and low * high > 0:
            steps[at] = abs(k / n - j / m)
    return [max(run, key=lambda at: (steps[at], -at)) for run in _runs(sorted(steps))]


def _known(flow: Arrivals, months: slice) -> float:
    volume = int(flow.volume[months].sum())
    return float(flow.marked[months].sum() / volume) if volume else 0.0


def _runs(months: Sequence[int]) -> list[list[int]]:
    """Months in stretches without a hole."""
    runs: list[list[int]] = [list(months[:1])] if months else []
    for before, month in pairwise(months):
        if month == before + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _invited_break(flow: Arrivals, at: int) -> FlowBreak:
    past, ahead = slice(at - AFTER, at), slice(at, at + AFTER)
    before = float(flow.invited[past].sum() / flow.marked[past].sum())
    after = float(flow.invited[ahead].sum() / flow.marked[ahead].sum())
    sentence = gettext(
        "From %(month)s %(after)s of the reviews of %(business)s were invited, against %(before)s before.",
        month=month_words(flow.start + at),
        after=percent(after),
        business=flow.business,
        before=percent(before),
    )
    return FlowBreak(month=month_name(flow.start + at), kind="invited", before=before, after=after, sentence=sentence)
