"""Prove the findings by simulation: `python -m benchmarks.findings [--draws 1000] [--seeds 200] [--reviews DIR]`.

Intervals are drawn against a population whose truth is known: the sandbox's reviews (their statements as they are, and
through the assigner), an invented business, and with DIR real reviews of a public set as the assigner reads them. Then
planted rises, audits in which nothing changed, a process that was mended, and a campaign of invitations. Printed: how
often the audit is right, with volumes and effect sizes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from audits.analysis.differences import Counts, beyond, large, own
from audits.analysis.direction import directions
from audits.analysis.flow import Arrivals, breaks
from audits.analysis.intervals import LEVEL, newcombe, wilson, z_of
from audits.analysis.months import month_number
from audits.analysis.panel import Panel, panels
from audits.analysis.places import places
from audits.analysis.stars import attribute
from audits.analysis.values import Direction, NotObservable
from benchmarks.findings_panels import GAPS, START, business, drawn

SAMPLE = 800
"""Reviews of one draw."""


def main() -> None:
    """Print a line for each proof."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--reviews", type=Path, help="a folder of public sets, for real reviews and the airlines")
    options = parser.parse_args()
    populations = {"invented": invented()} | sandbox()
    if options.reviews:
        from benchmarks.findings_real import hotels

        populations["hotel reviews as read"] = hotels(options.reviews)
    for name, (truth, seen) in populations.items():
        timed(f"coverage, {name}", lambda truth=truth, seen=seen: coverage(truth, seen, options.draws))
    timed("a rise from 4 to 12 in 100 at 200 a month", lambda: rises(options.seeds))
    timed("nothing changed", lambda: stillness(options.seeds))
    timed("a process mended, or not", lambda: mended(options.draws))
    timed("a campaign of invitations", lambda: invitations(options.seeds))
    if options.reviews:
        from benchmarks.findings_real import airlines

        timed("airlines: ranking of reasons", lambda: airlines(options.reviews))


def timed(name: str, proof: Callable[[], Sequence[str]]) -> None:
    """Print what a proof says, and how long it took."""
    began = time.perf_counter()
    lines = proof()
    print(f"{name} ({time.perf_counter() - began:.0f} s)")
    for line in lines:
        print(f"  {line}")


def invented() -> tuple[Panel, Panel]:
    """A business whose population is itself."""
    whole = business(np.random.default_rng(1), 24, 1000)
    return whole, whole


def sandbox() -> dict[str, tuple[Panel, Panel]]:
    """The sandbox's largest business: read right, and through the assigner against what is right."""
    from audits.analysis.assign import assign
    from audits.analysis.gaps import frame
    from benchmarks.sandbox_reviews import stored, understood
    from spiders.sandbox.truth import truth

    held = truth(7)
    largest = max(held.businesses, key=lambda one: len(one.reviews))
    rows = [stored(review, held) for review in largest.reviews]
    keys = {row.key for row in rows}
    right = [one for one in understood(held) if one.review in keys]
    name = rows[0].business
    period, slugs = ("2000-01-01", "2100-01-01"), frame().slugs
    made = panels(businesses=[name], period=period, reviews=rows, statements=right, gaps=slugs)[name]
    read = panels(
        businesses=[name],
        period=("2000-01-01", "2100-01-01"),
        reviews=rows,
        statements=assign(rows),
        gaps=frame().slugs,
    )[name]
    return {"sandbox read right": (made, made), "sandbox through the assigner": (made, read)}


def coverage(truth: Panel, seen: Panel, draws: int) -> list[str]:
    """How often 95% intervals of a resample of what is seen hold the truth of the whole."""
    rng = np.random.default_rng(2)
    gaps = [gap for gap in truth.gaps if truth.hits[truth.readable, truth.column(gap)].mean() > 0.02]
    share = dict(zip(truth.gaps, truth.hits[truth.readable].mean(axis=0).tolist(), strict=True))
    stars = attribute(truth)
    assert not isinstance(stars, NotObservable)
    middle = int(np.median(truth.month[truth.month >= 0]))
    held: dict[str, list[bool]] = {"share": [], "stars associated": [], "trend": []}
    for _ in range(draws):
        one = drawn(seen, rng.integers(0, len(seen.reviews), SAMPLE))
        found = attribute(one)
        assert not isinstance(found, NotObservable)
        for gap in gaps:
            column = one.column(gap)
            low, high = wilson(int(one.hits[one.readable, column].sum()), int(one.readable.sum()))
            held["share"].append(low <= share[gap] <= high)
            part = found.part(gap)
            held["stars associated"].append((part.low or 0) <= stars.part(gap).value <= (part.high or 0))
            held["trend"].append(_trend(one, column, middle, _change(truth, column, middle)))
    told = [f"{name}: {np.mean(hits):.1%} of {len(hits):,} intervals" for name, hits in held.items()]
    return [f"{len(gaps)} gaps over 2 in 100, {draws} draws of {SAMPLE} reviews from {len(seen.reviews):,}", *told]


def _change(panel: Panel, column: int, middle: int) -> float:
    late = panel.readable & (panel.month >= middle)
    early = panel.readable & (panel.month < middle)
    return float(panel.hits[late, column].mean() - panel.hits[early, column].mean())


def _trend(panel: Panel, column: int, middle: int, truth: float) -> bool:
    late, early = panel.readable & (panel.month >= middle), panel.readable & (panel.month < middle)
    k, j = int(panel.hits[late, column].sum()), int(panel.hits[early, column].sum())
    low, high = newcombe(k, int(late.sum()), j, int(early.sum()))
    return low <= truth <= high


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
    arrays = {name: np.concatenate([getattr(before, name), getattr(after, name)]) for name in fields}
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


if __name__ == "__main__":
    main()
