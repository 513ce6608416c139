"""How often 95% intervals hold the truth: draws from a population whose truth is known, as it is and as it is read."""

from __future__ import annotations

import numpy as np

from audits.analysis.heard import heard
from audits.analysis.intervals import newcombe, wilson
from audits.analysis.panel import Panel, panels
from audits.analysis.stars import attribute
from audits.analysis.values import NotObservable
from benchmarks.findings_panels import business, drawn

SAMPLE = 800
"""Reviews of one draw."""


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
    made, read = (
        panels(
            businesses=[name], period=("2000-01-01", "2100-01-01"), reviews=rows, said=heard(said, gaps=frame().slugs)
        )[name]
        for said in (right, assign(rows))
    )
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
