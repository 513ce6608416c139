"""Every interval that a figure carries: Wilson, Newcombe, exact Poisson, and a seeded bootstrap over reviews.

Sources: Wilson (1927) JASA 22; Newcombe (1998) Statistics in Medicine 17, method 10; Garwood (1936) Biometrika 28;
Efron and Tibshirani (1993), percentile intervals. Formulas and failings: docs/method.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from audits.analysis.values import Figure

SEED = 20240229
"""One fixed seed: the same reviews give the same intervals on every machine."""
DRAWS = 500
LEVEL = 0.95

Floats = NDArray[np.float64]


def z_of(level: float) -> float:
    """The two-sided normal quantile of a level in 0–1: 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + level / 2)


Z = z_of(LEVEL)


def wilson(hits: float, n: float, z: float = Z) -> tuple[float, float]:
    """Wilson's score interval of a share, `z` errors wide; `hits` and `n` may be effective counts. n = 0: (0, 1)."""
    if n <= 0:
        return 0.0, 1.0
    p = hits / n
    middle = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return float(max(0.0, (middle - half) / scale)), float(min(1.0, (middle + half) / scale))


def newcombe(hits: float, n: float, hits_before: float, n_before: float, z: float = Z) -> tuple[float, float]:
    """Interval of the difference of two independent shares, first minus second (Newcombe's hybrid score)."""
    p, q = (hits / n if n else 0.0), (hits_before / n_before if n_before else 0.0)
    low, high = wilson(hits, n, z)
    low_before, high_before = wilson(hits_before, n_before, z)
    below = sqrt((p - low) ** 2 + (high_before - q) ** 2)
    above = sqrt((high - p) ** 2 + (q - low_before) ** 2)
    return float(max(-1.0, p - q - below)), float(min(1.0, p - q + above))


def poisson(events: int, exposure: float, level: float = LEVEL) -> tuple[float, float]:
    """Exact (Garwood) interval of events per unit of exposure; exposure > 0."""
    tail = (1 - level) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    return low / exposure, float(gammaincinv(events + 1, 1 - tail)) / exposure


def share(hits: int, n: int, *, method: str = "share", evidence: Sequence[str] = ()) -> Figure:
    """A share of reviews with its Wilson interval."""
    low, high = wilson(hits, n)
    value = hits / n if n else 0.0
    return Figure(value=value, unit="share", n=n, method=method, low=low, high=high, evidence=tuple(evidence))


def resamples(weights: Sequence[int] | NDArray[np.int64], draws: int = DRAWS) -> Floats:
    """Bootstrap counts (draws × cells): each row redraws all reviews, whose kinds have these frequencies.

    Reviews that are alike in all that is measured form one cell, so a draw costs the number of kinds, not of reviews.
    """
    counts = np.asarray(weights, dtype=np.int64)
    total = int(counts.sum())
    drawn = np.random.default_rng(SEED).multinomial(total, counts / total, size=draws)
    return np.asarray(drawn, dtype=np.float64)


def percentiles(values: Floats, level: float = LEVEL) -> tuple[float, float]:
    """The percentile interval of bootstrap values."""
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)
