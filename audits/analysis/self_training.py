"""An engagement's reading is trained on what it said itself of the engagement's own reviews (Scudder 1965), mildly.

Learnt on the first pass of a model, from a sample of the reviews as they are read before anything was learnt, and kept
until a refit: no trend moves because the reading did. What is kept is the tutor's line, and means over complaints of
several reviews.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from heapq import nsmallest

import numpy as np

from audits.analysis.assign import Scored, Text, scored_slices
from audits.analysis.encoder import alone
from audits.analysis.meaning import grouped, unpacked
from audits.analysis.own import Own
from audits.analysis.slices import Slice, analysed, sliced, slices_of
from audits.analysis.tutor import line
from audits.analysis.usual import WHOLE, Usual
from audits.store.records import StoredReview

SHOWN = 4_000
"""Statements that are read for it, of reviews in an order that says nothing about them."""
ENOUGH = 200
"""Distinct complaints under which nothing is usual."""
GROUPS, A_GROUP, LEAST = 60, 15, 5
"""Groups at most, complaints to a group in the mean, and how many reviews must have told one: a group of fewer is left
out, so that no mean is of one person's words."""
STEPS = 127
"""Steps in which the middle of a group is kept."""


def sampled(keys: Iterable[str], count: int = SHOWN) -> list[str]:
    """So many of the keys, in an order that says nothing about the reviews; the same for any order of the keys."""
    return nsmallest(count, keys, key=_drawn)


def learnt(reviews: Iterable[StoredReview]) -> Own:
    """What these reviews teach, which is nothing where they complain too little. The same for any order."""
    return _of(slices_of(each) for each in sorted(reviews, key=lambda one: _drawn(one.key)) if analysed(each))


def learnt_texts(texts: Iterable[Text]) -> Own:
    """The same of texts that belong together, of which an equal one counts once."""
    drawn: dict[str, Text] = {}
    for each in texts:
        drawn[_drawn(repr(each))] = each
        if len(drawn) >= 2 * SHOWN:
            drawn = _first(drawn)
    return _of(sliced(str(row), "", *each) for row, each in enumerate(_first(drawn).values()))


def _first(drawn: Mapping[str, Text]) -> dict[str, Text]:
    return dict(sorted(drawn.items())[:SHOWN])


def _of(reviews: Iterable[Iterable[Slice]]) -> Own:
    """What the first of them teach, SHOWN statements and the rest of a review."""
    shown: list[Slice] = []
    for each in reviews:
        if len(shown) >= SHOWN:
            break
        shown += each
    return taught(scored_slices(shown))


def taught(scored: Scored) -> Own:
    """What statements teach as they were read before anything was learnt."""
    drawn = Own(line=line(scored))
    return replace(drawn, usual=_usual(scored.moved(drawn)))


def _usual(scored: Scored) -> Usual | None:
    """What is usual in statements as the tutor's line has moved them; one that is copied counts once."""
    rows = {scored.vectors[row]: row for row in np.flatnonzero(scored.complaints).tolist() if scored.vectors[row]}
    if len(rows) < ENOUGH:
        return None
    held, at = list(rows), list(rows.values())
    with alone():
        groups, _ = grouped(held, min(GROUPS, len(held) // A_GROUP))
    told_by: dict[int, set[str]] = {}
    for row, group in zip(at, groups.tolist(), strict=True):
        told_by.setdefault(group, set()).add(scored.slices[row].review)
    wide = sorted(group for group, reviews in told_by.items() if len(reviews) >= LEAST)
    if not wide:
        return None
    vectors = unpacked(held).astype(float)
    weighed = np.round(scored.scores.gaps[at].astype(float), 4) * scored.scores.kinds[at, :1]
    middles = np.stack([vectors[groups == group].mean(axis=0) for group in wide])
    told = np.stack([weighed[groups == group].sum(axis=0) for group in wide])
    largest = np.maximum(np.abs(middles).max(axis=1, keepdims=True), 1e-9)
    return Usual(
        middles=np.rint(middles / largest * STEPS).astype(np.int8),
        told=np.rint(told * WHOLE).astype(np.int64),
    )


def _drawn(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
