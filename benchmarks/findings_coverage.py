"""How often 95% intervals hold the truth: draws from a population whose truth is known, as it is and as it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from audits.analysis.elsewhere import beyond_chance, whole
from audits.analysis.heard import heard
from audits.analysis.intervals import newcombe
from audits.analysis.intervals import share as share_of
from audits.analysis.labels import read_as
from audits.analysis.panel import Panel, panels
from audits.analysis.relabelled import relabelled
from audits.analysis.stars import attribute
from audits.analysis.values import Figure, NotObservable, Statement
from benchmarks.findings_panels import business, drawn

SAMPLE = 800
"""Reviews of one draw."""
LABELS = 300
"""Statements that a person labelled, drawn at random for each draw."""
LEAST = 0.02
"""Share of reviews from which a gap is looked at."""
Label = tuple[str, str]
"""What the assigner says of a statement, and what is right."""


def invented() -> tuple[Panel, Panel]:
    """A business whose population is itself."""
    whole = business(np.random.default_rng(1), 24, 1000)
    return whole, whole


def sandbox() -> tuple[dict[str, tuple[Panel, Panel]], list[Label]]:
    """The sandbox's largest business: read right, and through the assigner against what is right, with the labels."""
    from audits.analysis.assign import assign
    from audits.analysis.gaps import frame
    from audits.analysis.self_training import learnt
    from benchmarks.sandbox_reviews import stored, understood
    from spiders.sandbox.truth import truth

    held = truth(7)
    largest = max(held.businesses, key=lambda one: len(one.reviews))
    rows = [stored(review, held) for review in largest.reviews]
    keys = {row.key for row in rows}
    right = [one for one in understood(held) if one.review in keys]
    name = rows[0].business
    found = assign(rows, own=learnt(rows))
    made, read = (
        panels(
            businesses=[name], period=("2000-01-01", "2100-01-01"), reviews=rows, said=heard(said, gaps=frame().slugs)
        )[name]
        for said in (right, found)
    )
    return {"sandbox read right": (made, made), "sandbox through the assigner": (made, read)}, _labels(found, right)


def _labels(found: Sequence[Statement], right: Sequence[Statement]) -> list[Label]:
    """What a person who knows the truth says of each statement: that of the true one which it shares most with."""
    true: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in right:
        true[one.review, one.field].append(one)
    labels = []
    for each in found:
        shared = {min(each.end, one.end) - max(each.start, one.start): one for one in true[each.review, each.field]}
        most = max(shared, default=0)
        labels.append((read_as(each)[0], read_as(shared[most])[0] if most > 0 else "neutral"))
    return labels


def coverage(truth: Panel, seen: Panel, draws: int, *, widened: bool = False) -> list[str]:
    """How often 95% intervals of a resample of what is seen hold the truth of the whole; widened as if misread."""
    rng = np.random.default_rng(2)
    share = _common(truth)
    stars = attribute(truth)
    assert not isinstance(stars, NotObservable)
    middle = int(np.median(truth.month[truth.month >= 0]))
    held: dict[str, list[bool]] = {"share": [], "stars associated": [], "trend": []}
    for _ in range(draws):
        one = drawn(seen, rng.integers(0, len(seen.reviews), SAMPLE))
        found = attribute(one)
        assert not isinstance(found, NotObservable)
        for gap in share:
            column = one.column(gap)
            read = float(one.hits[one.readable, column].mean())
            told = {
                "share": (share_of(int(one.hits[one.readable, column].sum()), int(one.readable.sum())), share[gap]),
                "stars associated": (found.part(gap), stars.part(gap).value),
                "trend": (_trend(one, column, middle), _change(truth, column, middle)),
            }
            for name, (figure, true) in told.items():
                low, high = figure.low or 0.0, figure.high or 0.0
                if widened:
                    low, high = beyond_chance(gap, figure, read, whole(one))
                held[name].append(low <= true <= high)
    lines = [f"{name}: {np.mean(hits):.1%} of {len(hits):,} intervals" for name, hits in held.items()]
    return [f"{len(share)} gaps over 2 in 100, {draws} draws of {SAMPLE} reviews from {len(seen.reviews):,}", *lines]


def labelled(truth: Panel, seen: Panel, labels: Sequence[Label], draws: int) -> list[str]:
    """How often the intervals of shares that random labels correct hold the truth."""
    rng = np.random.default_rng(3)
    share = _common(truth)
    held, sizes = [], []
    for _ in range(draws):
        one = drawn(seen, rng.integers(0, len(seen.reviews), SAMPLE))
        told = relabelled(one, [labels[at] for at in rng.choice(len(labels), LABELS, replace=False)]) or {}
        for gap, true in share.items():
            low, high = (told[gap].low or 0.0, told[gap].high or 0.0) if gap in told else (0.0, 0.0)
            held.append(low <= true <= high)
            sizes.append(high - low)
    middle = f"half of the intervals narrower than {np.median(sizes) * 100:.1f} points"
    return [f"share after {LABELS} labels: {np.mean(held):.1%} of {len(held):,} intervals, {middle}"]


def _common(truth: Panel) -> dict[str, float]:
    """Gap → its true share, of the gaps over LEAST."""
    shares = truth.hits[truth.readable].mean(axis=0).tolist()
    return {gap: share for gap, share in zip(truth.gaps, shares, strict=True) if share > LEAST}


def _change(panel: Panel, column: int, middle: int) -> float:
    late = panel.readable & (panel.month >= middle)
    early = panel.readable & (panel.month < middle)
    return float(panel.hits[late, column].mean() - panel.hits[early, column].mean())


def _trend(panel: Panel, column: int, middle: int) -> Figure:
    late, early = panel.readable & (panel.month >= middle), panel.readable & (panel.month < middle)
    k, j = int(panel.hits[late, column].sum()), int(panel.hits[early, column].sum())
    low, high = newcombe(k, int(late.sum()), j, int(early.sum()))
    value = _change(panel, column, middle)
    return Figure(value=value, unit="points", n=int(panel.readable.sum()), method="direction", low=low, high=high)
