"""A change of a share before and after a day, ours and beyond that of others: difference in differences.

Two shares: Newcombe (1998), method 10. Others are pooled by Mantel-Haenszel weights, so that a competitor that grew
does not pose as a change (Greenland and Robins 1985); what their changes vary beyond chance is added to the interval,
ours and theirs (DerSimonian and Laird 1986; the reasoning of Conley and Taber 2011). The two intervals are joined by
MOVER (Zou and Donner 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from audits.analysis.intervals import newcombe, z_of

POWER = 0.8
LARGE, LEAST = 2.0, 200
"""Others are held against us where they have so many times our reviews, and so many, before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Reviews with the gap and readable reviews, before and after."""

    hits_before: int
    before: int
    hits_after: int
    after: int

    @property
    def change(self) -> float:
        return self.hits_after / self.after - self.hits_before / self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change in points, the interval at the level asked for, and the smallest that would mostly have been seen."""

    value: float
    low: float
    high: float
    visible: float
    """The change that would have been told apart from none in 80 of 100 audits like this one."""


def own(counts: Counts, z: float) -> Change:
    """What changed with us."""
    low, high = newcombe(counts.hits_after, counts.after, counts.hits_before, counts.before, z)
    return _change(counts.change, low, high, z)


def large(ours: Counts, others: Sequence[Counts]) -> bool:
    """Whether the others together are large enough to be held against us, on both sides of the day."""
    before, after = sum(one.before for one in others), sum(one.after for one in others)
    return before >= max(LEAST, LARGE * ours.before) and after >= max(LEAST, LARGE * ours.after)


def pooled(others: Sequence[Counts], z: float) -> tuple[Change, float]:
    """The mean change of the others, and by how much (a standard deviation) their changes differ beyond chance."""
    weights = [one.before * one.after / (one.before + one.after) for one in others]
    errors = [_variance(one) for one in others]
    total = sum(weights)
    mean = sum(weight * one.change for weight, one in zip(weights, others, strict=True)) / total
    apart = _apart(others, errors)
    parts = zip(weights, errors, strict=True)
    error = sqrt(sum((weight / total) ** 2 * (variance + apart) for weight, variance in parts))
    return _change(mean, mean - z * error, mean + z * error, z), sqrt(apart)


def beyond(ours: Counts, others: Sequence[Counts], z: float) -> Change:
    """What changed with us beyond what changed with the others."""
    mine = own(ours, z)
    theirs, apart = pooled(others, z)
    value = mine.value - theirs.value
    below = hypot(mine.value - mine.low, theirs.high - theirs.value, z * apart)
    above = hypot(mine.high - mine.value, theirs.value - theirs.low, z * apart)
    return _change(value, value - below, value + above, z)


def _change(value: float, low: float, high: float, z: float) -> Change:
    error = (high - low) / (2 * z)
    return Change(value=value, low=low, high=high, visible=error * (z + z_of(2 * POWER - 1)))


def _variance(one: Counts) -> float:
    """Of a difference of two shares, one review with and one without added to each (Agresti and Caffo 2000)."""
    shares = ((one.hits_before + 1) / (one.before + 2), one.before), ((one.hits_after + 1) / (one.after + 2), one.after)
    return sum(share * (1 - share) / (n + 2) for share, n in shares)


def _apart(others: Sequence[Counts], errors: Sequence[float]) -> float:
    """Variance of the others' true changes (DerSimonian and Laird); nought where there are fewer than three."""
    if len(others) < 3:
        return 0.0
    weights = [1 / error for error in errors]
    total = sum(weights)
    mean = sum(weight * one.change for weight, one in zip(weights, others, strict=True)) / total
    spread = sum(weight * (one.change - mean) ** 2 for weight, one in zip(weights, others, strict=True))
    free = total - sum(weight * weight for weight in weights) / total
    return max(0.0, (spread - (len(others) - 1)) / free)
