"""The month from which the level of a share changed, by a likelihood-ratio scan, and how likely chance does as well.

Source: maximally selected chi-square statistics, Miller and Siegmund (1982) Biometrics 38, for the size of the best of
many splits; the log likelihood is binomial and is divided by the dispersion of the months within the two levels.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit, xlogy

Floats = NDArray[np.float64]

MIN_PART = 0.1
"""Each side of a split holds at least this part of the reviews: smaller ends change by chance."""
PRIOR = 20
"""Months that the other gaps' restlessness is worth: one gap's own estimate from twenty months wanders by a third."""


@dataclass(frozen=True, slots=True)
class Split:
    """The best split: months before index `at` have one level, the others another; `p` allows for the search."""

    at: int
    p: float


def scan(hits: Floats, n: Floats, *, side: int, latest: int, usual: float = 1.0) -> Split | None:
    """The best split with at least `side` months on each side and at most `latest` months after it.

    `hits` of `n` reviews a month, oldest first; `usual` is how restless the business's gaps are, 1 where months vary
    by chance only. None where no split is possible or nothing varies.
    """
    before_n, before_k = np.cumsum(n)[:-1], np.cumsum(hits)[:-1]
    total_n, total_k = float(n.sum()), float(hits.sum())
    at = np.arange(1, len(n))
    part = before_n / total_n if total_n else before_n
    allowed = (at >= side) & (len(n) - at >= side) & (len(n) - at <= latest)
    allowed &= (part >= MIN_PART) & (part <= 1 - MIN_PART)
    if not allowed.any() or total_k in (0.0, total_n):
        return None
    gain = 2 * (
        _loglik(before_k, before_n) + _loglik(total_k - before_k, total_n - before_n) - _loglik(total_k, total_n)
    )
    best = int(np.argmax(np.where(allowed, gain, -1.0)))
    months = spread(hits[: best + 1], n[: best + 1], hits[best + 1 :], n[best + 1 :], usual=usual)
    z = months.tempered(sqrt(max(0.0, float(gain[best])) / months.size))
    ends = part[allowed]
    return Split(at=int(at[best]), p=_chance(z * z, float(ends[0]), float(ends[-1])))


@dataclass(frozen=True, slots=True)
class Spread:
    """How much more the months vary than reviews drawn by chance would: 1 or more, known from so many free months."""

    size: float
    free: int

    def tempered(self, z: float) -> float:
        """The normal quantile that is as rare as `z` errors under a spread that had to be estimated (Student's t)."""
        return z if self.size <= 1 else float(-ndtri(stdtr(self.free, -z)))

    def widened(self, z: float) -> float:
        """The other way round: how many errors are as rare as a normal quantile."""
        return z if self.size <= 1 else float(-stdtrit(self.free, ndtr(-z)))


def restlessness(*levels: Floats) -> tuple[float, int]:
    """Pearson's chi-square of the months within levels, given as hits, n, hits, n and so on, and its free months."""
    square, free = 0.0, 0
    for hits, n in zip(levels[::2], levels[1::2], strict=True):
        rate = hits.sum() / n.sum() if n.sum() else 0.0
        seen = n > 0
        if 0 < rate < 1 and seen.sum() > 1:
            square += float(((hits[seen] - n[seen] * rate) ** 2 / (n[seen] * rate * (1 - rate))).sum())
            free += int(seen.sum()) - 1
    return square, free


def spread(*levels: Floats, usual: float = 1.0) -> Spread:
    """How restless the months of one gap are, drawn towards what is `usual` for the business's gaps (Smyth 2004)."""
    square, free = restlessness(*levels)
    return Spread(max(1.0, (PRIOR * usual + square) / (PRIOR + free)), PRIOR + free)


def _loglik(hits: Floats | float, n: Floats | float) -> Floats:
    """Binomial log likelihood at its maximum, without the constant."""
    n = np.maximum(n, 1e-12)
    rate = hits / n
    return np.asarray(xlogy(hits, rate) + xlogy(n - hits, 1 - rate))


def _chance(square: float, first: float, last: float) -> float:
    """Chance that the best of the splits between parts `first` and `last` does as well when nothing changed."""
    if square <= 1:
        return 1.0
    b = sqrt(square)
    density = exp(-square / 2) / sqrt(2 * pi)
    searched = log(last * (1 - first) / (first * (1 - last))) if last > first else 0.0
    return float(min(1.0, 4 * density / b + density * (b - 1 / b) * searched))
