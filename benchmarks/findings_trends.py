"""Whether a planted rise is ranked first, called and dated, and how often a rise is called where nothing changed."""

from __future__ import annotations

import numpy as np

from audits.analysis.direction import directions
from audits.analysis.months import month_number
from audits.analysis.panel import Panel
from audits.analysis.places import places
from audits.analysis.stars import attribute
from audits.analysis.values import Direction, NotObservable
from benchmarks.findings_panels import GAPS, START, business, drawn


def rises(seeds: int) -> list[str]:
    """A rise in one gap: whether it leads by stars since it rose, is called rising, and is dated within 30 days."""
    first, found, dated, off = 0, 0, 0, []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        panel, day = planted(rng)
        told = directions(panel, ())["reachability"]
        since = panel.month >= panel.month.max() - 11
        lately = attribute(drawn(panel, np.flatnonzero(since)))
        assert not isinstance(lately, NotObservable)
        first += GAPS[int(np.argmax(lately.parts[: len(GAPS)]))] == "reachability"
        if isinstance(told, Direction) and told.trend == "rising":
            found += 1
            if told.since is not None:
                apart = abs(month_number(f"{told.since}-01") * 30.4375 - day)
                off.append(apart)
                dated += apart <= 30.4375
    return [
        f"24 months of 200 reviews, the others at 2 to 5 in 100, a rise on a day 5 to 11 months ago, {seeds} seeds",
        f"first by stars associated over the last 12 months: {first / seeds:.1%}; called rising: {found / seeds:.1%}",
        f"dated within 30 days: {dated / seeds:.1%} (median {np.median(off):.0f} days off)",
    ]


SEEN = ((29, 0.04, 0.14, 10), (29, 0.04, 0.12, 6), (60, 0.04, 0.1, 8), (100, 0.04, 0.12, 6), (100, 0.05, 0.09, 8))
"""Reviews a month, share before and after, and months since the rise."""


def noticed(seeds: int) -> list[str]:
    """How often a rise is called at volumes that many businesses have."""
    lines = []
    for volume, before, after, ago in SEEN:
        found = 0
        for seed in range(seeds):
            levels = [before] * (24 - ago) + [after] * ago
            told = directions(business(np.random.default_rng(seed), 24, volume, {"reachability": levels}), ())
            one = told["reachability"]
            found += isinstance(one, Direction) and one.trend == "rising"
        lines.append(
            f"{volume} a month, from {before:.0%} to {after:.0%} {ago} months ago, {seeds} seeds: called rising in "
            f"{found / seeds:.1%}"
        )
    return lines


def planted(
    rng: np.random.Generator, volume: float = 200, before: float = 0.04, after: float = 0.12
) -> tuple[Panel, float]:
    """24 months with a rise on a random day; the day in days since month nought."""
    at = 24 - float(rng.uniform(5, 11))
    whole, part = int(at), at - int(at)
    levels = [before] * whole + [before * part + after * (1 - part)] + [after] * (23 - whole)
    return business(rng, 24, volume, {"reachability": levels}), (START + at) * 30.4375


def stillness(seeds: int) -> list[str]:
    """Audits in which nothing changed: any direction of any gap, any location that is said to stand out."""
    lines = []
    for volume, restless in ((30, 0.0), (200, 0.0), (200, 0.2)):
        wrong = stands = 0
        for seed in range(seeds):
            panel = business(np.random.default_rng(seed), 24, volume, locations=6, restless=restless)
            told = directions(panel, ())
            wrong += any(isinstance(one, Direction) and one.trend != "steady" for one in told.values())
            found = [places(panel, gap, leaks=len(GAPS)) for gap in GAPS]
            stands += any(place.stands for one in found if not isinstance(one, NotObservable) for place in one)
        lines.append(
            f"{volume} a month, months wandering by {restless:.0%}, {seeds} businesses: a false direction in "
            f"{wrong / seeds:.1%}, a location falsely said to stand out in {stands / seeds:.1%}"
        )
    return lines
