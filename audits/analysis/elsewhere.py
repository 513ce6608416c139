"""How far a figure may be misread, by how statements of other businesses were: a range that needs no label.

Of what is read as a gap a part is right (precision), and of what is there a part is read (recall). What people said of
readings in several trades tells how both differ from trade to trade, a beta distribution each for every gap. What is
read, times precision, divided by recall, is what may be there (Rogan and Gladen 1978, told here by precision in place
of specificity). How large the parts of all complaining reviews are that gaps have in businesses is known before a
reading is; it weighs what may be there, as no recall makes eight in a hundred all of them (Joseph, Gyorkos and Coupal
1995). `benchmarks.gold REVIEWS_DIR elsewhere` makes the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from audits.analysis.encoder import DATA
from audits.analysis.intervals import SEED, Z, percentiles
from audits.analysis.measures import Misread
from audits.analysis.panel import Panel
from audits.analysis.values import Direction, Figure, Leak, NotObservable

FILE = DATA / "elsewhere.json"
DRAWS = 4_000
MANY = 5
"""Ratios from which each of the DRAWS is drawn."""
TYPICAL = 0.12
"""Part of the complaining reviews that a gap has which comes up in a twentieth of them or more: the middle one."""
METHODS = {"share": "share-as-elsewhere", "stars": "stars-as-elsewhere", "points": "change-as-elsewhere"}

Floats = NDArray[np.float64]
Beta = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What people said of readings: gap → precision and recall in a trade that nobody has read, and of how many."""

    precision: Mapping[str, Beta]
    recall: Mapping[str, Beta]
    answers: int
    """Gaps given that people judged."""
    labels: int
    """Gaps given by people that the reading was held against."""
    trades: int
    usual: Beta
    """How gaps' parts of the complaining reviews of a business are spread: a beta density, from `least` on."""
    least: float
    businesses: int


@lru_cache(maxsize=1)
def readings() -> Readings:
    """Those of the package."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    right, found = ({gap: (a, b) for gap, (a, b) in held.pop(name).items()} for name in ("precision", "recall"))
    a, b = held.pop("usual")
    return Readings(precision=right, recall=found, usual=(a, b), **held)


@lru_cache(maxsize=1)
def spread() -> tuple[float, float]:
    """Between which parts of what is read lies what is there, for 95 in 100 of all gaps and trades."""
    return percentiles(np.concatenate([misreading(gap, TYPICAL) for gap in readings().precision]))


@dataclass(frozen=True, slots=True)
class Whole:
    """What no gap of a business can exceed but by chance."""

    complaining: float
    """Share of its readable reviews that complain of anything."""
    shortfall: float
    """Stars that its mean lies under five."""

    def most(self, unit: str) -> float:
        return {"share": self.complaining, "stars": self.shortfall, "points": 1.0}[unit]


def whole(panel: Panel) -> Whole:
    """That of the business of this panel."""
    rated = panel.rating[~np.isnan(panel.rating)]
    shortfall = 5 - float(rated.mean()) if len(rated) else 0.0
    return Whole(complaining=float(panel.complains[panel.readable].mean()), shortfall=shortfall)


def elsewhere(leaks: Sequence[Leak], of: Whole) -> tuple[Misread, ...]:
    """Share, stars and change of each leak of a business with the 95% ranges that hold chance and misreading too.

    The values stay those that are read: no correction without labels was right more often than none. A change keeps its
    side of nought, since what is misread alike before and after turns no rise into a fall.
    """

    def widened(leak: Leak, figure: Figure) -> Figure:
        low, high = beyond_chance(leak.gap, figure, leak.share.value, of)
        return replace(figure, low=low, high=high, method=METHODS[figure.unit])

    return tuple(
        Misread(
            gap=leak.gap,
            share=widened(leak, leak.share),
            stars=leak.stars if isinstance(leak.stars, NotObservable) else widened(leak, leak.stars),
            change=widened(leak, leak.direction.change) if isinstance(leak.direction, Direction) else leak.direction,
        )
        for leak in leaks
    )


def beyond_chance(gap: str, figure: Figure, share: float, of: Whole) -> tuple[float, float]:
    """The 95% range of what is there: the figure's own range, as two halves of normals, times how it may be misread.

    `share` of the reviews are read as the gap. The range holds the figure's own, which is what chance alone would say.
    """
    own = (figure.low or 0.0, figure.high or 0.0)
    chance = np.random.default_rng(SEED).standard_normal(DRAWS)
    there = figure.value + chance / Z * np.where(chance < 0, figure.value - own[0], own[1] - figure.value)
    low, high = percentiles(there * misreading(gap, round(min(share / of.complaining, 1.0), 2)))
    most = of.most(figure.unit)
    least = 0.0 if figure.unit == "share" else -most
    return min(max(low, least), own[0]), max(min(high, most), own[1])


@lru_cache(maxsize=256)
def misreading(gap: str, part: float) -> Floats:
    """DRAWS of what is there ÷ what is read of a gap in a trade that nobody has read.

    Drawn from precision ÷ recall by how likely it is that a gap has so large a part of the complaining reviews, where
    `part` of them are read as it. The density of a part is one of its logarithm, as a ratio's is: hence the power.
    """
    told = readings()
    rng = np.random.default_rng(SEED + 1)
    ratio = rng.beta(*told.precision[gap], MANY * DRAWS) / rng.beta(*told.recall[gap], MANY * DRAWS)
    a, b = told.usual
    there = np.clip(part * ratio, told.least, None)
    weight = np.where(there < 1, there**a * np.maximum(1 - there, 0.0) ** (b - 1), 0.0)
    return np.asarray(rng.choice(ratio, DRAWS, p=weight / weight.sum()))
