"""What public sets say beside the gold set, for `benchmarks.gold_elsewhere`: how much of a gap is read, and how much
of what a business's customers complain of a gap may be.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audits.analysis.assign import assign_texts
from audits.analysis.elsewhere import Beta
from audits.analysis.own import Own
from audits.analysis.self_training import learnt_texts
from audits.analysis.values import Statement
from benchmarks.assign_sets import gap_rows
from benchmarks.gold_sets import Review, reviews

Floats = NDArray[np.float64]
LEAST = 0.05
"""Part of the complaining reviews of a business from which a gap counts: what is less is mostly misread."""
BUSINESSES, REVIEWS, ENOUGH = 6, 400, 200
"""How many businesses of a set are read, of how many reviews each, and how many reviews such a business has."""
QUESTIONS = ("banking77",)
"""Sets of customers who ask, most of whom do not complain."""
POINTS: Floats = LEAST + (1 - LEAST) * (np.arange(1000) + 0.5) / 1000
TOP = 0.995

Text = tuple[str | None, str, float | None]


def labelled(folder: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """(set, gap) → complaints whose label accepts that gap alone, of development halves: read as it, and not."""
    found: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for name, accepts, everything in gap_rows(folder):
        if name in QUESTIONS:
            continue
        rows = [row for row in everything if not row.test]
        texts: list[Text] = [(None, row.text, None) for row in rows]
        for row, gaps in zip(rows, _gaps(texts, learnt_texts(texts)), strict=True):
            if len(accepts[row.label]) == 1:
                gap = accepts[row.label][0]
                hits, misses = found[name, gap]
                read = gaps is not None and gap in gaps
                found[name, gap] = hits + read, misses + (not read)
    return dict(found)


def parts(folder: Path) -> tuple[list[float], int]:
    """The parts, of LEAST or more, that gaps have of the complaining reviews of businesses; of how many businesses."""
    found, count = [], 0
    for _, every in groupby(reviews(folder), key=lambda review: review.set):
        held = list(every)
        own = learnt_texts(map(_text, held))
        for rows in _businesses(held):
            read = [gaps for gaps in _gaps([_text(row) for row in rows], own) if gaps is not None]
            told = Counter(gap for gaps in read for gap in gaps)
            found += [hits / len(read) for hits in told.values() if hits >= LEAST * len(read)]
            count += 1
    return found, count


def usual(found: Sequence[float]) -> Beta:
    """The beta density from LEAST on that the parts are likeliest under; its first number may be below nought."""
    from scipy.optimize import minimize

    seen = np.minimum(np.asarray(found), TOP)

    def logs(a: float, b: float, of: Floats) -> Floats:
        return np.asarray((a - 1) * np.log(of) + (b - 1) * np.log(1 - of))

    def loss(told: Floats) -> float:
        a, b = float(told[0]), float(np.exp(told[1]))
        every = np.log(np.mean(np.exp(logs(a, b, POINTS))))
        return float(len(seen) * every - logs(a, b, seen).sum())

    a, b = minimize(loss, np.array([0.0, 1.0]), method="Nelder-Mead").x
    return round(float(a), 2), round(float(np.exp(b)), 2)


def _text(review: Review) -> Text:
    return review.title, review.text, review.stars


def _businesses(held: Sequence[Review]) -> Iterator[list[Review]]:
    """Some businesses that have enough reviews, some reviews of each, by hash; the set whole where none has."""
    by_name: dict[str, list[Review]] = defaultdict(list)
    for review in held:
        by_name[review.business].append(review)
    large = sorted((name for name, own in by_name.items() if len(own) >= ENOUGH), key=_hash)[:BUSINESSES]
    for rows in [by_name[name] for name in large] or [list(held)]:
        yield sorted(rows, key=lambda row: _hash(row.text))[:REVIEWS]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _gaps(texts: Sequence[Text], own: Own | None) -> Iterator[frozenset[str] | None]:
    """The gaps that each text is given; None where nothing in it complains."""
    for statements in assign_texts(texts, own=own):
        bad = [one for one in statements if one.outside not in ("praise", "neutral")]
        yield _given(bad) if bad else None


def _given(bad: Sequence[Statement]) -> frozenset[str]:
    return frozenset(score.gap for one in bad if one.outside is None for score in one.gaps)
