"""Where a gap shows: its share at every named location, small locations drawn towards the rest.

Beta-binomial shrinkage (empirical Bayes, Efron and Morris 1975; Robbins 1956) with the strength of the pull averaged
over a grid instead of fixed at its best value, so that few locations do not pretend to be alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln

from audits.analysis.panel import Panel
from audits.analysis.values import Figure, NotObservable, Place

LOCATIONS = 2
PULLS = np.geomspace(4, 1000, 25)
"""Prior strengths, in reviews: a location with as many reviews is drawn half-way to the rest."""
METHOD = "share-at-a-location"

Floats = NDArray[np.float64]


def places(panel: Panel, gap: str) -> tuple[Place, ...] | NotObservable:
    """The share of the gap at each location, highest first."""
    names = sorted(
        {review.location for row, review in enumerate(panel.reviews) if review.location and panel.readable[row]}
    )
    if len(names) < LOCATIONS:
        return NotObservable(reason="The reviews do not name two locations or more.")
    at = {name: number for number, name in enumerate(names)}
    where = np.array([at.get(review.location or "", -1) for review in panel.reviews])
    where[~panel.readable] = -1
    with_gap = panel.hits[:, panel.column(gap)]
    n = np.bincount(where[where >= 0], minlength=len(names))
    hits = np.bincount(where[(where >= 0) & with_gap], minlength=len(names))
    found = []
    for number, (value, low, high) in enumerate(shrunk(hits, n)):
        evidence = panel.keys((where == number) & with_gap)
        figure = Figure(
            value=value, unit="share", n=int(n[number]), method=METHOD, low=low, high=high, evidence=evidence
        )
        found.append(Place(location=names[number], share=figure, reviews=int(n[number])))
    return tuple(sorted(found, key=lambda place: (-place.share.value, place.location)))


def shrunk(hits: NDArray[np.int64], n: NDArray[np.int64]) -> list[tuple[float, float, float]]:
    """(mean, low, high) of each location's share, given all; the prior mean is the pooled share."""
    pooled = (hits.sum() + 0.5) / (n.sum() + 1)
    a, b = PULLS * pooled, PULLS * (1 - pooled)
    fit = (betaln(hits[:, None] + a, (n - hits)[:, None] + b) - betaln(a, b)).sum(axis=0)
    weights = np.exp(fit - fit.max())
    weights /= weights.sum()
    return [_posterior(int(k) + a, int(m - k) + b, weights) for k, m in zip(hits, n, strict=True)]


def _posterior(a: Floats, b: Floats, weights: Floats) -> tuple[float, float, float]:
    mean = float((weights * a / (a + b)).sum())
    return mean, _quantile(a, b, weights, 0.025), _quantile(a, b, weights, 0.975)


def _quantile(a: Floats, b: Floats, weights: Floats, level: float) -> float:
    """Quantile of the mixture of beta distributions, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if float((weights * betainc(a, b, middle)).sum()) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2
