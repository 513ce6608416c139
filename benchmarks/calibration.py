"""How far a confidence lies from the share that is right, and how far it would lie by chance if it were honest."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

BINS = 10
DRAWS = 1_000


def apart(sure: ArrayLike, right: ArrayLike) -> float:
    """Expected calibration error over BINS bands of confidence (Naeini, Cooper and Hauskrecht 2015); 0 of nothing."""
    told, hits = np.asarray(sure, float), np.asarray(right, float)
    band = np.minimum((told * BINS).astype(int), BINS - 1)
    return float(sum(abs((told - hits)[band == at].sum()) for at in np.unique(band)) / max(len(told), 1))


def by_chance(sure: ArrayLike) -> float:
    """The error that a confidence which is wholly honest shows on so many answers, in the mean of draws."""
    told = np.asarray(sure, float)
    rng = np.random.default_rng(0)
    draws = rng.random((DRAWS, len(told))) < told
    return float(np.mean([apart(told, each) for each in draws]))
