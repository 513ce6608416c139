"""Which reviews of one business copy another: exact and near duplicates by MinHash, each copy named with its original.

A copy is a signal, not a verdict. Shares, stars and directions are computed without the extra copies.
Source: Broder (1997), resemblance of documents; 64 permutations in 16 bands of 4, then the exact Jaccard is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from audits.store.records import StoredReview

SHINGLE = 3
MIN_WORDS = 10
"""Shorter texts coincide by chance ("great service, thank you"), so they are never called copies."""
ALIKE = 0.8
BANDS, ROWS = 16, 4
LOOSE_BANDS, LOOSE_ROWS = 40, 3
"""A pair that shares 0.4 of its word groups meets in one of these bands 93 times of 100."""
BATCH = 4096
"""Reviews that are hashed at once, so that memory does not grow with the set."""
Hashes = NDArray[np.uint32]
_PRIME = (1 << 31) - 1
_WORD = re.compile(r"\w+")


def copies(reviews: Sequence[StoredReview]) -> Mapping[str, str]:
    """Extra copy → original, by review key, within one business; the original is the earliest, then the lowest key."""
    ordered = sorted(reviews, key=lambda review: (review.posted_on or "9999", review.key))
    roots = originals([review.text or "" for review in ordered])
    return {ordered[row].key: ordered[root].key for row, root in enumerate(roots) if row != root}


def reworded(reviews: Sequence[StoredReview], share: float) -> Mapping[str, str]:
    """The same for texts of which only a `share` (Jaccard) of the word groups is common: reworded, not copied."""
    ordered = sorted(reviews, key=lambda review: (review.posted_on or "9999", review.key))
    roots = originals([review.text or "" for review in ordered], share)
    return {ordered[row].key: ordered[root].key for row, root in enumerate(roots) if row != root}


def originals(texts: Sequence[str], alike: float = ALIKE) -> list[int]:
    """For each text the first one that it is a near copy of, itself where it is none or too short to tell."""
    shingled = [_shingles(text) for text in texts]
    long = [row for row, shingles in enumerate(shingled) if len(shingles)]
    parent = list(range(len(texts)))
    bands, width = (BANDS, ROWS) if alike >= ALIKE else (LOOSE_BANDS, LOOSE_ROWS)
    for first, second in sorted(_candidates(long, shingled, bands, width)):
        if _root(parent, first) != _root(parent, second) and _jaccard(shingled[first], shingled[second]) >= alike:
            low, high = sorted((_root(parent, first), _root(parent, second)))
            parent[high] = low
    return [_root(parent, row) for row in range(len(texts))]


def _shingles(text: str) -> Hashes:
    """Hashes of the word triples of the text, each once; empty where the text is too short to tell."""
    words = _WORD.findall(text.lower())
    if len(words) < MIN_WORDS:
        return np.empty(0, dtype=np.uint32)
    triples = {crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1)}
    return np.fromiter(triples, dtype=np.uint32, count=len(triples))


def _candidates(rows: Sequence[int], shingled: Sequence[Hashes], bands: int, width: int) -> set[tuple[int, int]]:
    """Pairs of rows that agree on a whole band of their MinHash signatures."""
    if not rows:
        return set()
    signatures = np.concatenate(
        [
            _signatures([shingled[row] for row in rows[at : at + BATCH]], bands * width)
            for at in range(0, len(rows), BATCH)
        ]
    )
    pairs: set[tuple[int, int]] = set()
    for band in range(bands):
        pairs |= set(_same(signatures[:, band * width : (band + 1) * width], rows))
    return pairs


def _signatures(shingled: Sequence[Hashes], permutations: int) -> NDArray[np.int64]:
    lengths = np.array([len(shingles) for shingles in shingled])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    flat = np.concatenate(shingled).astype(np.int64) % _PRIME
    draws = np.random.default_rng(7).integers(1, _PRIME, size=(permutations, 2))
    columns = [np.minimum.reduceat((flat * a + b) % _PRIME, starts) for a, b in draws]
    return np.stack(columns, axis=1)


def _same(band: NDArray[np.int64], rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Neighbours in a bucket; a large bucket is chained, which the union below closes."""
    order = np.lexsort(band.T[::-1])
    equal = np.all(band[order[1:]] == band[order[:-1]], axis=1)
    bucket: list[int] = []
    for at, row in enumerate(order):
        if at and not equal[at - 1]:
            yield from _pairs(bucket)
            bucket = []
        bucket.append(rows[int(row)])
    yield from _pairs(bucket)


def _pairs(bucket: list[int]) -> Iterable[tuple[int, int]]:
    ordered = sorted(bucket)
    return combinations(ordered, 2) if len(ordered) <= 20 else ((ordered[0], other) for other in ordered[1:])


def _jaccard(first: Hashes, second: Hashes) -> float:
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / (len(first) + len(second) - shared)


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row
