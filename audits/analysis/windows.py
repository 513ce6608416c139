"""The months that a direction compares: two equal windows, long enough for the volume, and the series before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audits.analysis.months import UNKNOWN, month_name
from audits.analysis.panel import Panel
from audits.analysis.values import FlowBreak, NotObservable
from audits.catalogue import gettext, ngettext
from audits.catalogue.forms import count

LENGTHS = (6, 12)
SHORTEST = 3
WELL_FILLED = 100
ENOUGH = 30
"""Readable reviews in each window: under ENOUGH there is no direction, under WELL_FILLED the window grows."""
SERIES = 24
"""Months that the search for a change may look back."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Months of the series that are compared: before is [first, split), now is [split, last]."""

    first: int
    split: int
    last: int

    @property
    def months(self) -> tuple[int, int]:
        """How many months now and before."""
        return self.last - self.split + 1, self.split - self.first


def latest_windows(panel: Panel) -> Windows | NotObservable:
    """The shortest two equal windows of whole months that are well filled; else the longest that fit."""
    if panel.whole is None and bool((panel.month != UNKNOWN).any()):
        return NotObservable(
            reason=gettext("The reviews cover no whole month, and a change takes several."),
            brief=gettext("Not observable: no whole month is covered"),
        )
    if panel.whole is None:
        return NotObservable(reason=gettext("The reviews carry no dates that are precise to the month."))
    first, last = panel.whole
    fitting = [
        length for length in (*LENGTHS, min(LENGTHS[-1], (last - first + 1) // 2)) if 2 * length <= last - first + 1
    ]
    fitting = [length for length in fitting if length >= SHORTEST]
    if not fitting:
        return NotObservable(
            reason=ngettext(
                "Only %(n)s whole month is covered; %(least)s are needed.",
                "Only %(n)s whole months are covered; %(least)s are needed.",
                last - first + 1,
                n=last - first + 1,
                least=2 * SHORTEST,
            )
        )
    found = [Windows(first=last - 2 * length + 1, split=last - length + 1, last=last) for length in fitting]
    filled = [windows for windows in found if min(volumes(panel, windows)) >= WELL_FILLED]
    chosen = min(filled, key=lambda one: one.months) if filled else max(found, key=lambda one: one.months)
    now, before = volumes(panel, chosen)
    if min(now, before) < ENOUGH:
        length = chosen.months[0]
        return NotObservable(
            reason=gettext(
                "There are too few reviews to tell: %(now)s in the last %(length)s months, %(before)s in the "
                "%(length)s before; %(least)s in each are needed.",
                now=count(now),
                length=length,
                before=count(before),
                least=ENOUGH,
            ),
            brief=gettext("Not observable: too few reviews in the last months"),
        )
    return chosen


def series_start(panel: Panel, breaks: Sequence[FlowBreak], windows: Windows) -> int:
    """First month of the series that the scan sees: two years at most, never across a break."""
    assert panel.whole is not None
    start = max(panel.whole[0], windows.last - SERIES + 1)
    parted = [
        month for month in range(start, windows.first + 1) if any(one.month == month_name(month) for one in breaks)
    ]
    return max(parted, default=start)


def volumes(panel: Panel, windows: Windows) -> tuple[int, int]:
    """Readable reviews now and before."""
    now = panel.within(windows.split, windows.last)
    return int(now.sum()), int(panel.within(windows.first, windows.split - 1).sum())


def per_month(panel: Panel, gap: str, windows: Windows) -> tuple[float, float]:
    """Reviews a month with the gap, now and before."""
    column = panel.hits[:, panel.column(gap)]
    now = int(column[panel.within(windows.split, windows.last)].sum())
    before = int(column[panel.within(windows.first, windows.split - 1)].sum())
    return now / windows.months[0], before / windows.months[1]


def monthly(panel: Panel, gap: str, first: int, last: int) -> tuple[Floats, Floats]:
    """Reviews with the gap, and readable reviews, month by month."""
    rows = panel.within(first, last)
    at = panel.month[rows] - first
    n = np.bincount(at, minlength=last - first + 1).astype(np.float64)
    with_gap = panel.hits[rows, panel.column(gap)]
    return np.bincount(at[with_gap], minlength=last - first + 1).astype(np.float64), n
