"""What change of a share the present volume would let us notice, and between windows of how many months.

The smallest rise found in 80 of 100 such audits by the comparison of two windows that a direction is told from: normal
approximation of two shares (Fleiss, Levin and Paik 2003, 4.2), at the chance that one of all gaps looked at may take.
"""

from __future__ import annotations

from math import sqrt

from audits.analysis.differences import POWER
from audits.analysis.direction import FALSE_ALARMS, MIN_HITS, SEARCHED
from audits.analysis.intervals import z_of
from audits.analysis.panel import Panel
from audits.analysis.values import Figure, NotObservable
from audits.analysis.windows import Windows, latest_windows, volumes

METHOD = "smallest-change"
LEAST = 0.005
"""A share that is taken for a gap of which hardly anything is held."""


def visible(panel: Panel) -> tuple[dict[str, Figure | NotObservable], int]:
    """Gap → the smallest rise in points; and the months of each window, 0 where no two windows can be compared."""
    windows = latest_windows(panel)
    if isinstance(windows, NotObservable):
        return dict.fromkeys(panel.gaps, windows), 0
    n = sum(volumes(panel, windows)) / 2
    both = panel.within(windows.first, windows.last)
    looks = max(1, int((panel.hits[both].sum(axis=0) >= MIN_HITS).sum()))
    alpha = FALSE_ALARMS / looks * (1 - SEARCHED)
    return {gap: _figure(panel, gap, windows, n, alpha) for gap in panel.gaps}, windows.months[0]


def _figure(panel: Panel, gap: str, windows: Windows, n: float, alpha: float) -> Figure:
    both = panel.within(windows.first, windows.last)
    held = int(both.sum())
    base = max(LEAST, float(panel.hits[both, panel.column(gap)].sum()) / max(1, held))
    return Figure(value=smallest_rise(base, n, alpha), unit="points", n=held, method=METHOD)


def smallest_rise(base: float, n: float, alpha: float) -> float:
    """The rise from `base` that two windows of `n` reviews tell apart in 80 of 100 cases, in points (0–1)."""
    sure, power = z_of(1 - alpha), z_of(2 * POWER - 1)
    low, high = 0.0, 1 - base
    for _ in range(40):
        rise = (low + high) / 2
        after = base + rise
        middle = base + rise / 2
        needed = sure * sqrt(2 * middle * (1 - middle) / n)
        needed += power * sqrt((base * (1 - base) + after * (1 - after)) / n)
        low, high = (rise, high) if rise < needed else (low, rise)
    return high
