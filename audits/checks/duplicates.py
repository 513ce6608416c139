"""Which reviews of one business copy another: exact and near duplicates by MinHash, each copy named with its original.

A copy is a signal, not a verdict. Shares, stars and directions are computed without the extra copies.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from audits.checks.minhash import Rows, Shingled, candidates, resemblance, shingled
from audits.store.records import StoredReview

ALIKE = 0.8
BANDS, ROWS = 16, 4
LOOSE_BANDS, LOOSE_ROWS = 40, 3
"""A pair that shares 0.4 of its word groups meets in one of these bands 93 times of 100, one that shares 0.8 always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """Reviews by day and key, and the word groups of each: read once for all that is asked of them."""

    reviews: Sequence[StoredReview]
    groups: Shingled

    def among(self, keys: Container[str]) -> Grouped:
        """Those of some reviews."""
        rows = [row for row, review in enumerate(self.reviews) if review.key in keys]
        return Grouped(
            reviews=[self.reviews[row] for row in rows], groups=self.groups.of(np.array(rows, dtype=np.int64))
        )


def grouped(reviews: Iterable[StoredReview]) -> Grouped:
    """The word groups of the reviews' texts."""
    ordered = sorted(reviews, key=lambda review: (review.posted_on or "9999", review.key))
    return Grouped(reviews=ordered, groups=shingled(review.text or "" for review in ordered))


def copies(reviews: Sequence[StoredReview], read: Grouped | None = None) -> Mapping[str, str]:
    """Extra copy → original, by review key, within one business; the original is the earliest, then the lowest key.

    `read` are the word groups of these reviews and of others, where they are known.
    """
    own = grouped(reviews) if read is None else read.among({review.key for review in reviews})
    return likenesses(own, (ALIKE,))[0]


def likenesses(read: Grouped, shares: Sequence[float]) -> list[Mapping[str, str]]:
    """For each share (Jaccard) of common word groups the texts that reach it, as `copies` names them."""
    return [
        {read.reviews[row].key: read.reviews[root].key for row, root in enumerate(roots) if row != root}
        for roots in _roots(read.groups, shares)
    ]


def originals(texts: Sequence[str], alike: float = ALIKE) -> list[int]:
    """For each text the first one that it is a near copy of, itself where it is none or too short to tell."""
    return _roots(shingled(texts), (alike,))[0]


def _roots(read: Shingled, shares: Sequence[float]) -> list[list[int]]:
    """For each share, row by row, the first text that is so alike; itself where there is none.

    Texts of the very same word groups are one text to compare: a campaign of copies has as many pairs as its square.
    """
    same = _same(read)
    rows = [row for row, first in enumerate(same) if row == first]
    at = {row: number for number, row in enumerate(rows)}
    unlike = _unlike_roots(read.of(np.array(rows, dtype=np.int64)), shares)
    return [[rows[roots[at[first]]] for first in same] for roots in unlike]


def _same(texts: Shingled) -> list[int]:
    """Row → the first row with the very same word groups."""
    firsts: dict[bytes, int] = {}
    return [firsts.setdefault(own, row) if own else row for row, own in enumerate(texts.each())]


def _unlike_roots(texts: Shingled, shares: Sequence[float]) -> list[list[int]]:
    """`_roots` of texts of which no two have the very same word groups."""
    bands, width = (BANDS, ROWS) if min(shares) >= ALIKE else (LOOSE_BANDS, LOOSE_ROWS)
    low, high = candidates(texts, bands, width)
    one, other = texts.sizes[low], texts.sizes[high]
    near = np.minimum(one, other) >= min(shares) * np.maximum(one, other)
    low, high = low[near], high[near]
    alike = resemblance(texts, low, high)
    return [_joined(len(texts.sizes), low[alike >= share], high[alike >= share]) for share in shares]


def _joined(texts: int, low: Rows, high: Rows) -> list[int]:
    """Row → the lowest row that it is joined with, by whatever chain of pairs."""
    parent = list(range(texts))
    for first, second in zip(low.tolist(), high.tolist(), strict=True):
        one, other = sorted((_root(parent, first), _root(parent, second)))
        parent[other] = one
    return [_root(parent, row) for row in range(texts)]


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row
