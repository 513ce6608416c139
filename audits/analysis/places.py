"""Where a gap shows: its share at every named location, small locations drawn towards the rest.

Beta-binomial shrinkage (Efron and Morris 1975; Gelman et al., Bayesian Data Analysis, 5.3) with mean and strength of
the pull averaged over a grid instead of fixed at their best values, so that few locations do not pretend to be alike.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, betaln, ndtr
from scipy.stats import hypergeom

from audits.analysis.intervals import LEVEL, newcombe, share, z_of
from audits.analysis.panel import Panel
from audits.analysis.values import Figure, NotObservable, Place
from audits.catalogue import gettext

LOCATIONS = 2
PULLS = np.geomspace(4, 1000, 25)
"""Prior strengths, in reviews: a location with as many reviews is drawn half-way to the rest."""
RANGE = np.geomspace(0.3, 3, 25)
"""Prior means, as multiples of the pooled share."""
METHOD = "share-at-a-location"
ENOUGH = 10
"""Readable reviews under which a location is not compared with the others."""

Floats = NDArray[np.float64]


def places(panel: Panel, gap: str, *, leaks: int = 1) -> tuple[Place, ...] | NotObservable:
    """The share of the gap at each location, highest first; `leaks` is how many gaps are looked at in this way."""
    names, where = panel.located
    if len(names) < LOCATIONS:
        return NotObservable(reason=gettext("The reviews do not name two locations or more."))
    with_gap = panel.hits[:, panel.column(gap)]
    n = np.bincount(where[where >= 0], minlength=len(names))
    hits = np.bincount(where[(where >= 0) & with_gap], minlength=len(names))
    found = []
    z = z_of(1 - (1 - LEVEL) / max(1, leaks * int((n >= ENOUGH).sum())))
    for number, (value, low, high) in enumerate(shrunk(hits, n)):
        k, m = int(hits[number]), int(n[number])
        others = int(hits.sum()) - k, int(n.sum()) - m
        evidence = panel.keys((where == number) & with_gap)
        figure = Figure(value=value, unit="share", n=m, method=METHOD, low=low, high=high, evidence=evidence)
        elsewhere = share(*others, evidence=panel.keys((where >= 0) & (where != number) & with_gap))
        found.append(
            Place(
                location=names[number],
                share=figure,
                reviews=m,
                elsewhere=elsewhere,
                stands=_stands((k, m), others, z),
            )
        )
    return tuple(sorted(found, key=lambda place: (-place.share.value, place.location)))


def _stands(here: tuple[int, int], others: tuple[int, int], z: float) -> Literal["worse", "better"] | None:
    """Whether the counted shares differ by Newcombe's interval, `z` errors wide, and by Fisher's exact test at the same
    level, which small counts need; never from a handful of reviews."""
    if min(here[1], others[1]) < ENOUGH:
        return None
    chance = hypergeom(here[1] + others[1], here[0] + others[0], here[1])
    if 2 * min(chance.sf(here[0] - 1), chance.cdf(here[0])) > 2 * ndtr(-z):
        return None
    low, high = newcombe(*here, *others, z)
    return "worse" if low > 0 else "better" if high < 0 else None


def shrunk(hits: NDArray[np.int64], n: NDArray[np.int64]) -> list[tuple[float, float, float]]:
    """(mean, low, high) of each location's share, given all locations."""
    pooled = (hits.sum() + 0.5) / (n.sum() + 1)
    means, pulls = (grid.ravel() for grid in np.meshgrid(np.minimum(pooled * RANGE, 0.95), PULLS))
    a, b = means * pulls, (1 - means) * pulls
    fit = (betaln(hits[:, None] + a, (n - hits)[:, None] + b) - betaln(a, b)).sum(axis=0)
    weights = np.exp(fit - fit.max())
    weights /= weights.sum()
    return [_posterior(float(k), float(m), a, b, weights) for k, m in zip(hits, n, strict=True)]


def _posterior(k: float, n: float, a: Floats, b: Floats, weights: Floats) -> tuple[float, float, float]:
    """Mean and 95% interval of the mixture over the grid, as the beta distribution with its mean and variance."""
    size = a + b + n
    mean = (a + k) / size
    middle = float(weights @ mean)
    spread = float(weights @ (mean * (1 - mean) / (size + 1) + (mean - middle) ** 2))
    strength = middle * (1 - middle) / spread - 1
    low, high = betaincinv(middle * strength, (1 - middle) * strength, [0.025, 0.975])
    return middle, float(low), float(high)
