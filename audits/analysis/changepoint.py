"""The month from which the level of a share changed, by a likelihood-ratio scan, and how likely chance does as well.

Source: maximally selected chi-square statistics, Miller and Siegmund (1982) Biometrics 38, for the size of the best of
many splits; the log likelihood is binomial and is divided by the dispersion of the months within the two levels. What
is rare among many series that are looked at together is told by their own months in other orders: the single-step
minimum of Westfall and Young (1993), Resampling-Based Multiple Testing, 2.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit, xlogy

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MIN_PART = 0.1
"""Each side of a split holds at least this part of the reviews: smaller ends change by chance."""
PRIOR = 20
"""Months that the other gaps' restlessness is worth: one gap's own estimate from twenty months wanders by a third."""
ORDERS, SEED = 999, 7
"""Orders of the months that are drawn: what one in twenty-five of them reaches is known to a sixth."""
FARTHEST = 38.0
"""Standard errors beyond which no double tells a chance from nought."""


@dataclass(frozen=True, slots=True)
class Split:
    """The best split: months before index `at` have one level, the others another; `p` allows for the search."""

    at: int
    p: float


class _Best(NamedTuple):
    """Of each series the best split and its chance, 1 where none is possible or nothing varies."""

    at: Counts
    p: Floats


def scan(hits: Floats, n: Floats, *, side: int, latest: int, usual: float = 1.0) -> Split | None:
    """The best split with at least `side` months on each side and at most `latest` months after it.

    `hits` of `n` reviews a month, oldest first; `usual` is how restless the business's gaps are, 1 where months vary
    by chance only. None where no split is possible or nothing varies.
    """
    if not _allowed(_part(n), side, latest).any() or hits.sum() in (0.0, n.sum()):
        return None
    best = _best(hits, n, side, latest, usual)
    return Split(at=int(best.at), p=float(best.p))


def rare(hits: Floats, n: Floats, *, side: int, latest: int, usual: float, chance: float) -> float:
    """What the chance of a split must lie under, for that the best of all series lies there by chance this seldom.

    `hits` has a row a series and a column a month. Where nothing changed, one order of the months is as likely as any
    other, however restless they are and however the series go together: the months of all are put in ORDERS others.
    """
    orders = np.random.default_rng(SEED).random((ORDERS, len(n))).argsort(axis=1)
    least = _best(hits[:, orders], n[orders], side, latest, usual).p.min(axis=0)
    return min(chance, float(np.sort(least)[int(chance * (ORDERS + 1)) - 1]))


def hurdle(chance: float, months: int, *, side: int, latest: int) -> float:
    """Standard errors that the best split of so many equal months exceeds so seldom when nothing changed."""
    part = _part(np.ones(months))
    part = part[_allowed(part, side, latest)]
    low, high = 1.0, FARTHEST
    for _ in range(50):
        z = (low + high) / 2
        seldom = float(_chance(np.array(z), part.min(), part.max())) <= chance
        low, high = (low, z) if seldom else (z, high)
    return high


def _best(hits: Floats, n: Floats, side: int, latest: int, usual: float) -> _Best:
    """Of each series, its months on the last axis; where series have their reviews in common, `n` lacks an axis."""
    before_n, before_k = np.cumsum(n, axis=-1)[..., :-1], np.cumsum(hits, axis=-1)[..., :-1]
    total_n, total_k = n.sum(axis=-1, keepdims=True), hits.sum(axis=-1, keepdims=True)
    part = _part(n)
    allowed = _allowed(part, side, latest)
    gain = 2 * (
        _loglik(before_k, before_n) + _loglik(total_k - before_k, total_n - before_n) - _loglik(total_k, total_n)
    )
    gain = np.where(allowed, gain, -1.0)
    best = gain.argmax(axis=-1)
    early = np.arange(hits.shape[-1]) <= best[..., None]
    (square, free), (later, freer) = _restless(hits, n, early), _restless(hits, n, ~early)
    months = _spread(square + later, free + freer, usual)
    z = months.tempered(np.sqrt(np.maximum(gain.max(axis=-1), 0.0) / months.size))
    first, last = np.where(allowed, part, 1.0).min(axis=-1), np.where(allowed, part, 0.0).max(axis=-1)
    return _Best(at=best + 1, p=_chance(z, first, last))


def _part(n: Floats) -> Floats:
    """The part of all reviews that stands before each month but the first."""
    found: Floats = np.cumsum(n, axis=-1)[..., :-1] / np.maximum(n.sum(axis=-1, keepdims=True), 1)
    return found


def _allowed(part: Floats, side: int, latest: int) -> NDArray[np.bool_]:
    """After which months there may be a split, with so much of the reviews before it."""
    before = np.arange(1, part.shape[-1] + 1)
    after = before[::-1]
    long = (before >= side) & (after >= side) & (after <= latest)
    found: NDArray[np.bool_] = long & (part >= MIN_PART) & (part <= 1 - MIN_PART)
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """How much more the months vary than reviews drawn by chance would: 1 or more, known from so many free months.

    One number each, or an array with one for each series.
    """

    size: Floats
    free: Counts | int

    def tempered(self, z: Floats) -> Floats:
        """The normal quantile that is as rare as `z` errors under a spread that had to be estimated (Student's t)."""
        seldom = np.maximum(ndtri(stdtr(self.free, -z)), -FARTHEST)
        return np.where(self.size <= 1, np.minimum(z, FARTHEST), -seldom)

    def widened(self, z: float) -> float:
        """The other way round: how many errors are as rare as a normal quantile."""
        return z if self.size <= 1 else float(-stdtrit(self.free, ndtr(-z)))


def restlessness(*levels: Floats) -> tuple[float, int]:
    """Pearson's chi-square of the months within levels, given as hits, n, hits, n and so on, and its free months."""
    found = [_restless(hits, n, np.ones(len(n), np.bool_)) for hits, n in zip(levels[::2], levels[1::2], strict=True)]
    return sum(float(square) for square, _ in found), sum(int(free) for _, free in found)


def spread(*levels: Floats, usual: float = 1.0) -> Spread:
    """How restless the months of one gap are, drawn towards what is `usual` for the business's gaps (Smyth 2004)."""
    square, free = restlessness(*levels)
    return _spread(square, free, usual)


def _spread(square: Floats | float, free: Counts | int, usual: float) -> Spread:
    return Spread(np.maximum(1.0, (PRIOR * usual + square) / (PRIOR + free)), PRIOR + free)


def _restless(hits: Floats, n: Floats, within: NDArray[np.bool_]) -> tuple[Floats, Counts]:
    """Of each series, in the months that are `within` the level."""
    n = np.where(within, n, 0.0)
    hits = np.where(within, hits, 0.0)
    rate = hits.sum(axis=-1, keepdims=True) / np.maximum(n.sum(axis=-1, keepdims=True), 1.0)
    by_chance = n * rate * (1 - rate)
    square = np.divide((hits - n * rate) ** 2, by_chance, out=np.zeros_like(by_chance), where=by_chance > 0)
    free = np.maximum((n > 0).sum(axis=-1) - 1, 0)
    varies = (by_chance > 0).any(axis=-1) & (free > 0)
    return np.where(varies, square.sum(axis=-1), 0.0), np.where(varies, free, 0)


def _loglik(hits: Floats, n: Floats) -> Floats:
    """Binomial log likelihood at its maximum, without the constant."""
    n = np.maximum(n, 1e-12)
    rate = hits / n
    return np.asarray(xlogy(hits, rate) + xlogy(n - hits, 1 - rate))


def _chance(z: Floats, first: Floats, last: Floats) -> Floats:
    """Chance that the best of the splits between parts `first` and `last` does as well when nothing changed."""
    b = np.maximum(z, 1.0)
    density = np.exp(-b * b / 2) / sqrt(2 * pi)
    several = last > first
    odds = np.divide(last * (1 - first), first * (1 - last), out=np.ones_like(first), where=several)
    found: Floats = np.minimum(1.0, 4 * density / b + density * (b - 1 / b) * np.log(odds))
    return np.where(z > 1, found, 1.0)
