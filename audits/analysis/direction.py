"""Whether a gap is rising, falling or steady: the latest window against the one before, or why nobody can say.

Every gap is looked at twice: two windows of equal length, which share what they may claim among the gaps (Bonferroni),
and a scan for the month of change, which is held against the business's own months in other orders (`rare`). The chance
of any false direction of a business stays within 5%. Across a break of flow, or where share and number of reviews
contradict each other, there is no direction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audits.analysis.changepoint import rare, restlessness, scan, spread
from audits.analysis.flow import inside
from audits.analysis.intervals import newcombe, share, wilson, z_of
from audits.analysis.months import month_name, month_number, month_words
from audits.analysis.panel import Panel
from audits.analysis.values import Direction, Figure, FlowBreak, NotObservable, Trend
from audits.analysis.windows import (
    LENGTHS,
    SHORTEST,
    Windows,
    latest_windows,
    monthly,
    per_month,
    series_start,
    volumes,
)
from audits.catalogue import gettext, ngettext
from audits.catalogue.forms import count, decimal

FALSE_ALARMS = 0.04
"""Of the 5 in 100 businesses that may get a false direction; the rest is for months that hang together."""
SEARCHED = 0.8
"""Part of a gap's chance that goes to the search for a month; the two windows, which see less, get the rest."""
MIN_HITS = 8
"""Reviews with the gap in both windows together, below which no difference could pass: not a look (Tarone 1990)."""
STANDS_OUT = 0.01
OTHER_VOLUME = 1.33
"""From this ratio of volumes on, share and number of reviews a month must agree before a direction is called."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How the gaps of a business are looked at: from which month on, and how restless they are.

    `windows` and `scan` are what the chance of each look must lie under, `looks` how many gaps are looked at.
    """

    start: int
    usual: float
    windows: float
    scan: float
    looks: int


def directions(panel: Panel, breaks: Sequence[FlowBreak]) -> Mapping[str, Direction | NotObservable]:
    """A direction, or why there is none, for every gap."""
    windows = latest_windows(panel)
    if isinstance(windows, NotObservable):
        return dict.fromkeys(panel.gaps, windows)
    broken = inside(breaks, windows.first, windows.last)
    if broken is not None:
        return {gap: _across(panel, gap, windows, broken) for gap in panel.gaps}
    start = series_start(panel, breaks, windows)
    both = panel.within(windows.first, windows.last)
    looked = [gap for gap in panel.gaps if panel.hits[both, panel.column(gap)].sum() >= MIN_HITS]
    looks = max(1, len(looked))
    usual = _usual(panel, looked, windows, start)
    search = Search(
        start=start,
        usual=usual,
        windows=FALSE_ALARMS * (1 - SEARCHED) / looks,
        scan=_rare(panel, looked, windows, start, usual),
        looks=looks,
    )
    return {gap: _direction(panel, gap, windows, search, gap in looked) for gap in panel.gaps}


def _usual(panel: Panel, looked: Sequence[str], windows: Windows, start: int) -> float:
    """How much more than by chance the months of all gaps together vary around the windows' levels."""
    found = [restlessness(*_levels(panel, gap, windows, start)) for gap in looked]
    free = sum(months for _, months in found)
    return max(1.0, sum(square for square, _ in found) / free) if free else 1.0


def _rare(panel: Panel, looked: Sequence[str], windows: Windows, start: int, usual: float) -> float:
    """What the chance of a change of level must lie under, with so many gaps looked at; nought where there are none."""
    if not looked:
        return 0.0
    series = [monthly(panel, gap, start, windows.last) for gap in looked]
    hits, n = np.stack([hits for hits, _ in series]), series[0][1]
    return rare(hits, n, side=SHORTEST, latest=LENGTHS[-1], usual=usual, chance=FALSE_ALARMS * SEARCHED)


def _levels(panel: Panel, gap: str, windows: Windows, start: int) -> tuple[Floats, ...]:
    """Hits and reviews a month: now, before, and in the months of the series before both."""
    spans = (windows.split, windows.last), (windows.first, windows.split - 1), (start, windows.first - 1)
    return tuple(counts for first, last in spans for counts in monthly(panel, gap, first, last))


def _across(panel: Panel, gap: str, windows: Windows, broken: FlowBreak) -> NotObservable:
    """What a break leaves to say: the reason, and the number of reviews a month, which dilution does not move."""
    now, before = per_month(panel, gap, windows)
    since = month_words(month_number(broken.month))
    told = gettext(
        "Shares before and after do not compare; reviews a month with this failing went from %(before)s to %(now)s.",
        before=decimal(before, 1),
        now=decimal(now, 1),
    )
    return NotObservable(
        reason=f"{broken.sentence} {told}",
        brief=gettext("Not observable: reviews arrive differently from %(month)s", month=since),
    )


def _direction(panel: Panel, gap: str, windows: Windows, search: Search, looked: bool) -> Direction | NotObservable:
    hits, n = monthly(panel, gap, search.start, windows.last)
    split = scan(hits, n, side=SHORTEST, latest=LENGTHS[-1], usual=search.usual)
    moved = None if split is None else _moved(hits, n, split.at)
    since, alpha = None, search.windows
    if looked and split is not None and split.p < search.scan and moved:
        windows = Windows(first=search.start, split=search.start + split.at, last=windows.last)
        alpha = search.scan
    change = _change(panel, gap, windows, search, alpha)
    trend = _trend(change) if looked else "steady"
    if trend != "steady":
        contradicted = _contradiction(panel, gap, windows, trend)
        if contradicted is not None:
            return contradicted
        if split is not None and split.p < STANDS_OUT and moved == trend:
            since = month_name(search.start + split.at)
    return Direction(
        trend=trend,
        now=_share(panel, gap, windows.split, windows.last),
        before=_share(panel, gap, windows.first, windows.split - 1),
        change=change,
        since=since,
        months=_months(windows),
        doubt=_doubt(search.looks, looked) if trend == "steady" else None,
    )


def _months(windows: Windows) -> tuple[tuple[str, str], tuple[str, str]]:
    now = month_name(windows.split), month_name(windows.last)
    return now, (month_name(windows.first), month_name(windows.split - 1))


def _doubt(looks: int, looked: bool) -> str:
    """The rule that leaves a gap without a direction."""
    if not looked:
        return gettext(
            "Fewer than %(n)s reviews of these months report it, too few for any difference to tell.",
            n=MIN_HITS,
        )
    return ngettext(
        "Months vary by themselves: a difference of this size can be chance.",
        "%(n)s failings are looked at together, and months vary by themselves: a difference of this size can be "
        "chance.",
        looks,
        n=count(looks),
    )


def _moved(hits: Floats, n: Floats, at: int) -> Trend | None:
    """Which way the level went at a split; None where the last months are not on the new side of the half-way mark."""
    before, now = hits[:at].sum() / n[:at].sum(), hits[at:].sum() / n[at:].sum()
    recent = n[-SHORTEST:].sum()
    latest = hits[-SHORTEST:].sum() / recent if recent else now
    if (latest - (before + now) / 2) * (now - before) <= 0:
        return None
    return "rising" if now > before else "falling"


def _change(panel: Panel, gap: str, windows: Windows, search: Search, alpha: float) -> Figure:
    """Difference of the two shares in points, with an interval that holds for all gaps at once."""
    levels = _levels(panel, gap, windows, search.start)
    k, n, j, m = levels[:4]
    months = spread(*levels, usual=search.usual)
    one, many = (k.sum() / months.size, n.sum() / months.size), (j.sum() / months.size, m.sum() / months.size)
    low, high = newcombe(*one, *many, months.widened(z_of(1 - alpha)))
    value = float(k.sum() / n.sum() - j.sum() / m.sum())
    size = int(n.sum() + m.sum())
    return Figure(value=value, unit="points", n=size, method="direction", low=low, high=high)


def _trend(change: Figure) -> Trend:
    if change.low is not None and change.low > 0:
        return "rising"
    return "falling" if change.high is not None and change.high < 0 else "steady"


def _contradiction(panel: Panel, gap: str, windows: Windows, trend: Trend) -> NotObservable | None:
    """A share may move because other reviews came or stayed away: then the number of reviews with the gap does not."""
    volume, volume_before = (
        count / months for count, months in zip(volumes(panel, windows), windows.months, strict=True)
    )
    if 1 / OTHER_VOLUME < volume / volume_before < OTHER_VOLUME:
        return None
    now, before = per_month(panel, gap, windows)
    if _number_agrees(panel, gap, windows, trend):
        return None
    numbers = {
        "before": decimal(before, 1),
        "now": decimal(now, 1),
        "month": month_words(windows.split),
        "all_before": decimal(volume_before, 0),
        "all_now": decimal(volume, 0),
    }
    if trend == "rising":
        return NotObservable(
            reason=gettext(
                "The share rose, but the number of reviews a month with this failing (%(before)s before, %(now)s since "
                "%(month)s) did not clearly move with it, while all reviews went from %(all_before)s to %(all_now)s a "
                "month: other reviews that came or stayed away may be all that changed.",
                **numbers,
            ),
            brief=gettext("Not told: the share rose, the number of reviews a month did not clearly"),
        )
    return NotObservable(
        reason=gettext(
            "The share fell, but the number of reviews a month with this failing (%(before)s before, %(now)s since "
            "%(month)s) did not clearly move with it, while all reviews went from %(all_before)s to %(all_now)s a "
            "month: other reviews that came or stayed away may be all that changed.",
            **numbers,
        ),
        brief=gettext("Not told: the share fell, the number of reviews a month did not clearly"),
    )


def _number_agrees(panel: Panel, gap: str, windows: Windows, trend: Trend) -> bool:
    """Whether reviews a month with the gap moved the same way, clearly (conditional test of two Poisson rates)."""
    column = panel.hits[:, panel.column(gap)]
    now = int(column[panel.within(windows.split, windows.last)].sum())
    before = int(column[panel.within(windows.first, windows.split - 1)].sum())
    low, high = wilson(now, now + before)
    even = windows.months[0] / sum(windows.months)
    return low > even if trend == "rising" else high < even


def _share(panel: Panel, gap: str, first: int, last: int) -> Figure:
    rows = panel.within(first, last)
    with_gap = rows & panel.hits[:, panel.column(gap)]
    return share(int(with_gap.sum()), int(rows.sum()), method="share", evidence=panel.keys(with_gap))
