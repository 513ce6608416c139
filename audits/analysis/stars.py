"""Stars associated: the shortfall from five stars, shared out over gaps; parts and unexplained rest sum to it exactly.

In each rated, readable review the stars lost beyond what a complaint-free review of the same business loses are a
game that any one of its gaps wins: v(S) = loss if S holds a gap of the review, else 0. The Shapley value of that game
is an equal share for each gap in it (Shapley 1953; for drivers of satisfaction Lipovetsky and Conklin 2001). A review
whose complaints name no process gives its loss to `vague`. What complaint-free reviews lose stays unexplained.
Assumption and failings: docs/method.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audits.analysis.intervals import percentiles, resamples
from audits.analysis.panel import Panel
from audits.analysis.values import Decomposition, Figure, NotObservable
from audits.catalogue import gettext

VAGUE = "vague"
METHOD = "stars-associated"
TOP = 5.0
DIGITS = 12
"""Decimal places that are kept: the last ones of a product depend on how many processors share its sums."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Parts in `names` order, with bootstrap draws (draws × names) for intervals and ties."""

    names: tuple[str, ...]
    n: int
    shortfall: float
    parts: Floats
    drawn_shortfall: Floats
    drawn_parts: Floats

    def part(self, name: str) -> Figure:
        """Stars associated with one gap; a gap whose reviews lose no more stars than others has 0."""
        at = self.names.index(name)
        low, high = percentiles(self.drawn_parts[:, at])
        return Figure(value=float(self.parts[at]), unit="stars", n=self.n, method=METHOD, low=low, high=high)

    def tied(self, first: str, second: str) -> bool:
        """Whether the interval of the difference of two parts holds zero."""
        low, high = percentiles(
            self.drawn_parts[:, self.names.index(first)] - self.drawn_parts[:, self.names.index(second)]
        )
        return low <= 0 <= high


def attribute(panel: Panel) -> Attribution | NotObservable:
    """Share out the shortfall of the rated reviews of a business."""
    rated = ~np.isnan(panel.rating)
    if not rated.any():
        return NotObservable(reason=gettext("The sources of this business hold no star ratings."))
    names = (*panel.gaps, VAGUE)
    return _shared_out(names, *_kinds(panel, np.flatnonzero(rated)))


def decomposition(found: Attribution) -> Decomposition:
    """The attribution as figures: a part for every name that has one."""
    order = sorted(zip(-found.parts, found.names, strict=True))
    parts = {name: found.part(name) for value, name in order if value < 0}
    rest = found.shortfall - sum(part.value for part in parts.values())
    low, high = percentiles(found.drawn_shortfall - found.drawn_parts.sum(axis=1))
    whole = percentiles(found.drawn_shortfall)
    return Decomposition(
        shortfall=Figure(
            value=found.shortfall, unit="stars", n=found.n, method="shortfall", low=whole[0], high=whole[1]
        ),
        parts=parts,
        unexplained=Figure(value=rest, unit="stars", n=found.n, method="unexplained", low=low, high=high),
    )


def _kinds(panel: Panel, rows: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """The kinds of reviews among these rows, in order (loss, complaint-free, split over the names), and how many each.

    They are told apart by the bits of what makes them, and only one of each is split: a million splits are large.
    """
    hits, lost = panel.hits[rows], TOP - panel.rating[rows]
    vague = panel.outside[rows, 0] & ~hits.any(axis=1) & ~panel.outside[rows, 1:].any(axis=1)
    free = panel.readable[rows] & ~panel.complains[rows]
    bits = np.packbits(np.column_stack([free, vague, hits]), axis=1)
    made = np.ascontiguousarray(np.hstack([lost.view(np.uint8).reshape(len(rows), -1), bits]))
    _, one, counts = np.unique(made.view(f"V{made.shape[1]}").ravel(), return_index=True, return_counts=True)
    split = hits[one] / np.maximum(hits[one].sum(axis=1, keepdims=True), 1)
    cells, order = np.unique(np.column_stack([lost[one], free[one], split, vague[one]]), axis=0, return_index=True)
    return cells, counts[order]


def _shared_out(names: Sequence[str], cells: Floats, counts: NDArray[np.int64]) -> Attribution:
    """Parts of the held reviews and of every draw, from kinds of reviews (loss, complaint-free, weights) and counts."""
    held = np.vstack([counts.astype(np.float64), resamples(counts)])
    lost, free, weights = cells[:, 0], cells[:, 1], cells[:, 2:]
    total = held.sum(axis=1, keepdims=True)
    spared = held @ free
    usual = np.divide(held @ (free * lost), spared, out=np.zeros(len(held)), where=spared > 0)
    parts = (held @ (weights * lost[:, None]) - (held @ weights) * usual[:, None]) / total
    parts = np.round(np.maximum(parts, 0.0), DIGITS)
    shortfall = np.round((held @ lost) / total[:, 0], DIGITS)
    return Attribution(
        names=tuple(names),
        n=int(counts.sum()),
        shortfall=float(shortfall[0]),
        parts=parts[0],
        drawn_shortfall=shortfall[1:],
        drawn_parts=parts[1:],
    )
