"""Which reviews of one business copy another: exact and near duplicates by MinHash, each copy named with its original.

A copy is a signal, not a verdict. Shares, stars and directions are computed without the extra copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from audits.checks.minhash import Hashes, candidates, shingles, worded
from audits.store.records import StoredReview

ALIKE = 0.8
BANDS, ROWS = 16, 4
LOOSE_BANDS, LOOSE_ROWS = 40, 3
"""A pair that shares 0.4 of its word groups meets in one of these bands 93 times of 100, one that shares 0.8 always."""


def copies(reviews: Sequence[StoredReview]) -> Mapping[str, str]:
    """Extra copy → original, by review key, within one business; the original is the earliest, then the lowest key."""
    return likenesses(reviews, (ALIKE,))[0]


def likenesses(reviews: Sequence[StoredReview], shares: Sequence[float]) -> list[Mapping[str, str]]:
    """For each share (Jaccard) of common word groups the texts that reach it, as `copies` names them; one reading."""
    ordered = sorted(reviews, key=lambda review: (review.posted_on or "9999", review.key))
    words = worded(review.text or "" for review in ordered)
    return [
        {ordered[row].key: ordered[root].key for row, root in enumerate(roots) if row != root}
        for roots in _roots([shingles(own) for own in words], shares)
    ]


def originals(texts: Sequence[str], alike: float = ALIKE) -> list[int]:
    """For each text the first one that it is a near copy of, itself where it is none or too short to tell."""
    return _roots([shingles(own) for own in worded(texts)], (alike,))[0]


def _roots(shingled: Sequence[Hashes], shares: Sequence[float]) -> list[list[int]]:
    """For each share, row by row, the first text that is so alike; itself where there is none.

    Texts of the very same word groups are one text to compare: a campaign of copies has as many pairs as its square.
    """
    firsts: dict[bytes, int] = {}
    same = [firsts.setdefault(own.tobytes(), row) if len(own) else row for row, own in enumerate(shingled)]
    rows = [row for row, first in enumerate(same) if row == first]
    at = {row: number for number, row in enumerate(rows)}
    return [
        [rows[roots[at[first]]] for first in same] for roots in _unlike_roots([shingled[row] for row in rows], shares)
    ]


def _unlike_roots(shingled: Sequence[Hashes], shares: Sequence[float]) -> list[list[int]]:
    """`_roots` of texts of which no two have the very same word groups."""
    bands, width = (BANDS, ROWS) if min(shares) >= ALIKE else (LOOSE_BANDS, LOOSE_ROWS)
    parents = [list(range(len(shingled))) for _ in shares]
    for first, second in sorted(candidates(shingled, bands, width)):
        alike = _jaccard(shingled[first], shingled[second])
        for parent, share in zip(parents, shares, strict=True):
            if alike >= share:
                low, high = sorted((_root(parent, first), _root(parent, second)))
                parent[high] = low
    return [[_root(parent, row) for row in range(len(shingled))] for parent in parents]


def _jaccard(first: Hashes, second: Hashes) -> float:
    both = np.concatenate([first, second])
    both.sort()
    shared = int((both[1:] == both[:-1]).sum())
    return shared / (len(both) - shared)


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row
