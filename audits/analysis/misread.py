"""What a sample of labels says of all that the model read: counts by label, corrected for its misreadings.

For each class that the model gives, the labels of a random sample say what such statements really are; a prior that
trusts the model (or a crosswalk) fills in where labels are few. Counts are the model's counts times that matrix, and
its Dirichlet draws with the binomial of the labels give the interval (misclassification matrix, Buonaccorsi 2010, with
a Dirichlet prior).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audits.analysis.intervals import DRAWS, SEED

STRENGTH = 4.0
"""Labels that the prior is worth, for each class the model gives."""

Floats = NDArray[np.float64]


def corrected(
    counts: Sequence[float] | Floats,
    pairs: Sequence[tuple[int, int]],
    prior: Floats,
    strength: float = STRENGTH,
) -> tuple[Floats, Floats]:
    """(counts, draws × counts) by true class.

    `counts` is how many statements the model gave each class; `pairs` are (model's class, true class) of a random
    sample; `prior` has a row a class of the model and a column a true class, rows summing to 1.
    """
    given = np.asarray(counts, dtype=np.float64)
    seen = np.zeros_like(prior)
    for model, true in pairs:
        seen[model, true] += 1
    weights = seen + strength * prior
    expected = given @ (weights / weights.sum(axis=1, keepdims=True))
    rng = np.random.default_rng(SEED)
    shares = rng.gamma(np.maximum(weights, 1e-9), size=(DRAWS, *weights.shape))
    shares /= shares.sum(axis=2, keepdims=True)
    return np.asarray(expected), np.asarray(np.einsum("m,dmt->dt", given, shares))
