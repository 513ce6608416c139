"""Invented businesses as panels of arrays, so that a thousand audits of them take seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from audits.analysis.heard import OUTSIDE
from audits.analysis.panel import Panel
from audits.store.records import StoredReview

GAPS = ("promise", "fees", "booking", "queue", "timeliness", "conduct", "reachability", "refunds", "premises", "notice")
USUAL = (0.02, 0.03, 0.04, 0.04, 0.03, 0.05, 0.03, 0.02, 0.05, 0.03)
"""Shares of the ten gaps where nothing is planted."""
START = 2022 * 12
LOST = 2.0
"""Mean stars that a review loses with a complaint."""


def business(
    rng: np.random.Generator,
    months: int,
    volume: float,
    shares: Mapping[str, Sequence[float]] | None = None,
    *,
    locations: int = 0,
    restless: float = 0.0,
) -> Panel:
    """Reviews a month drawn at `volume`; a gap's share is USUAL or as given a month, wandering by `restless` (log)."""
    counts = rng.poisson(volume, months)
    month = np.repeat(np.arange(START, START + months), counts)
    n = len(month)
    hits = np.zeros((n, len(GAPS)), dtype=np.bool_)
    for column, (gap, usual) in enumerate(zip(GAPS, USUAL, strict=True)):
        level = np.asarray((shares or {}).get(gap, [usual] * months)) * np.exp(rng.normal(0, restless, months))
        hits[:, column] = rng.random(n) < np.repeat(level, counts)
    stars = np.clip(np.round(4.6 - LOST * hits.sum(axis=1) + rng.normal(0, 0.6, n)), 1, 5)
    where = rng.integers(0, locations, n) if locations else np.full(n, -1)
    rows = tuple(_review(row, int(at)) for row, at in enumerate(where))
    return Panel(
        business="Alder Inn",
        gaps=GAPS,
        reviews=rows,
        statements={},
        readable=np.ones(n, dtype=np.bool_),
        hits=hits,
        severity=hits.astype(np.int8),
        confidence=hits.astype(np.float32),
        complains=np.any(hits, axis=1),
        outside=np.zeros((n, len(OUTSIDE)), dtype=np.bool_),
        rating=stars,
        month=month.astype(np.int32),
        copies=0,
        whole=(START, START + months - 1),
    )


BLANK = StoredReview(
    key="", business="Alder Inn", listing="alder", site="sandbox", location=None, url=None, rating=None,
    rating_raw=None, title=None, text=None, language="en", posted_on=None, posted_precision=None, experienced_on=None,
    verified=None, invited=None, author_key=None, content_hash="", weak_id=False, first_seen="", last_seen="",
    source=None, reply_text=None, reply_on=None,
)  # fmt: skip
_KNOWN: dict[tuple[int, int], StoredReview] = {}


def _review(row: int, at: int) -> StoredReview:
    """An invented review by its number and place, made once."""
    if (row, at) not in _KNOWN:
        _KNOWN[row, at] = BLANK._replace(key=f"{row:08x}", location=f"Place {at}" if at >= 0 else None)
    return _KNOWN[row, at]


def drawn(panel: Panel, rows: np.ndarray) -> Panel:
    """The panel of these rows, some of them more than once: a resample."""
    return replace(
        panel,
        reviews=tuple(panel.reviews[row] for row in rows),
        readable=panel.readable[rows],
        hits=panel.hits[rows],
        severity=panel.severity[rows],
        confidence=panel.confidence[rows],
        complains=panel.complains[rows],
        outside=panel.outside[rows],
        rating=panel.rating[rows],
        month=panel.month[rows],
    )
