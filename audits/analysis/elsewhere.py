"""How far a figure may be misread, by how statements of other businesses were: a range that needs no label.

Of what is read as a gap a part is right (precision), and of what is there a part is read (recall). What people said of
readings in several trades tells how both differ from trade to trade, a beta distribution each for every gap. What is
read, times precision, divided by recall, is what may be there (Rogan and Gladen 1978, told here by precision in place
of specificity). `benchmarks.gold REVIEWS_DIR elsewhere` makes the file.
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
from audits.analysis.values import Direction, Figure, Leak, NotObservable

FILE = DATA / "elsewhere.json"
DRAWS = 4_000
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


@lru_cache(maxsize=1)
def readings() -> Readings:
    """Those of the package."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    right, found = ({gap: (a, b) for gap, (a, b) in held.pop(name).items()} for name in ("precision", "recall"))
    return Readings(precision=right, recall=found, **held)


@lru_cache(maxsize=1)
def spread() -> tuple[float, float]:
    """Between which parts of what is read lies what is there, for 95 in 100 of all gaps and trades."""
    return percentiles(np.concatenate([misreading(gap) for gap in readings().precision]))


def elsewhere(leaks: Sequence[Leak]) -> tuple[Misread, ...]:
    """Share, stars and change of each leak with the 95% ranges that hold chance and misreading as elsewhere.

    The values stay those that are read: no correction without labels was right more often than none. A change keeps its
    side of nought, since what is misread alike before and after turns no rise into a fall.
    """
    return tuple(
        Misread(
            gap=leak.gap,
            share=_widened(leak.gap, leak.share),
            stars=leak.stars if isinstance(leak.stars, NotObservable) else _widened(leak.gap, leak.stars),
            change=_widened(leak.gap, leak.direction.change)
            if isinstance(leak.direction, Direction)
            else leak.direction,
        )
        for leak in leaks
    )


def _widened(gap: str, figure: Figure) -> Figure:
    low, high = beyond_chance(gap, figure)
    return replace(figure, low=min(low, figure.value), high=max(high, figure.value), method=METHODS[figure.unit])


def beyond_chance(gap: str, figure: Figure) -> tuple[float, float]:
    """The 95% range of what is there: the figure's own range, as two halves of normals, times how it may be misread."""
    below, above = figure.value - (figure.low or 0.0), (figure.high or 0.0) - figure.value
    chance = np.random.default_rng(SEED).standard_normal(DRAWS)
    there = figure.value + chance / Z * np.where(chance < 0, below, above)
    low, high = percentiles(there * misreading(gap))
    least = {"share": 0.0, "points": -1.0}.get(figure.unit)
    return (low, high) if least is None else (max(low, least), min(high, 1.0))


@lru_cache(maxsize=64)
def misreading(gap: str) -> Floats:
    """DRAWS of what is there ÷ what is read, in a trade that nobody has read."""
    told = readings()
    rng = np.random.default_rng(SEED + 1)
    return np.asarray(rng.beta(*told.precision[gap], DRAWS) / rng.beta(*told.recall[gap], DRAWS))
