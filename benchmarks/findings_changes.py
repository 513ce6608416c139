"""Whether a change is told where there was one, and none where there was none: mended processes and invitations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from audits.analysis.differences import Counts, beyond, large, own
from audits.analysis.direction import directions
from audits.analysis.flow import Arrivals, breaks
from audits.analysis.intervals import LEVEL, z_of
from audits.analysis.panel import Panel
from audits.analysis.values import Direction, NotObservable
from benchmarks.findings_panels import GAPS, START, business


def mended(draws: int) -> list[str]:
    """From 12 to 4 in 100 at 400 reviews a side, and 12 that stays 12; pools of competitors of several sizes."""
    z = z_of(LEVEL)
    lines = []
    for each, drift in ((0, 0.0), (0, 0.015), (400, 0.0), (1000, 0.0), (2000, 0.0), (2000, 0.015), (4000, 0.015)):
        seen, false, used = [0, 0], [0, 0], 0
        for seed in range(draws):
            rng = np.random.default_rng(seed)
            for kind, after in enumerate((0.04, 0.12)):
                mine, others = _sides(rng, after, each, drift)
                held = bool(others) and large(mine, others)
                change = beyond(mine, others, z) if held else own(mine, z)
                used += held
                if kind == 0:
                    seen[0] += change.high < 0
                else:
                    false[0] += change.high < 0
                    false[1] += change.low > 0
        lines.append(
            f"400 a side, 4 competitors with {each} a side together, all drifting by {drift:.3f}: held against us in "
            f"{used / draws / 2:.0%}; mended called worked {seen[0] / draws:.1%}; unchanged called worked "
            f"{false[0] / draws:.1%}, worse {false[1] / draws:.1%}"
        )
    return lines


def _sides(rng: np.random.Generator, after: float, each: int, drift: float) -> tuple[Counts, list[Counts]]:
    """Ours and four competitors; every business drifts by itself, ours as well."""
    mine = _counts(rng, 400, 0.12, after + rng.normal(0, drift))
    return mine, [_counts(rng, each // 4, 0.10, 0.10 + rng.normal(0, drift)) for _ in range(4) if each]


def _counts(rng: np.random.Generator, n: int, before: float, after: float) -> Counts:
    levels = [min(0.95, max(0.0, level)) for level in (before, after)]
    return Counts(
        hits_before=int(rng.binomial(n, levels[0])), before=n, hits_after=int(rng.binomial(n, levels[1])), after=n
    )


def invitations(seeds: int) -> list[str]:
    """From 60 to 240 reviews a month by asking the pleased: failings stay as many, shares fall to a third."""
    silent = told = 0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        before = business(rng, 16, 60)
        after = business(rng, 8, 240, {gap: [0.01] * 8 for gap in GAPS})
        panel = _joined(before, after, 16)
        flow = _arrivals(panel)
        found = directions(panel, breaks(flow))
        silent += all(isinstance(one, NotObservable) and "a month" in one.reason for one in found.values())
        told += any(isinstance(one, Direction) and one.trend != "steady" for one in found.values())
    return [
        f"16 months of 60 reviews, then 8 of 240 with a third of the shares, {seeds} seeds: every gap silent with the "
        f"reason in {silent / seeds:.1%}, any direction in {told / seeds:.1%}"
    ]


def _joined(before: Panel, after: Panel, months: int) -> Panel:
    """One business out of two spans."""
    fields = ("readable", "hits", "severity", "confidence", "complains", "outside", "rating")
    arrays: dict[str, Any] = {name: np.concatenate([getattr(before, name), getattr(after, name)]) for name in fields}
    month = np.concatenate([before.month, after.month + months])
    rows = (*before.reviews, *after.reviews)
    return replace(before, reviews=rows, month=month, whole=(START, int(month.max())), **arrays)


def _arrivals(panel: Panel) -> Arrivals:
    first, last = int(panel.month.min()), int(panel.month.max())
    volume = np.bincount(panel.month - first, minlength=last - first + 1).astype(np.int64)
    five = np.bincount(panel.month[panel.rating >= 5] - first, minlength=last - first + 1).astype(np.int64)
    none = np.zeros_like(volume)
    return Arrivals(
        business=panel.business, start=first, volume=volume, rated=volume, five=five, marked=none, invited=none
    )
