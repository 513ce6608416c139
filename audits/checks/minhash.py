"""Pairs of texts that may share many of their word groups, found without comparing every text with every other.

Source: Broder (1997), resemblance of documents; bands of a MinHash signature. Words, groups and signatures are arrays
over all texts at once, as 26,878 reviews are more than a million words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SHINGLE = 3
MIN_WORDS = 10
"""Shorter texts coincide by chance ("great service, thank you"), so they are never called copies."""
CROWD = 20
"""A bucket of more texts is not paired in full: each is paired with the first, which the union of copies closes."""
Hashes = NDArray[np.uint32]
_WORD = re.compile(r"\w+")
_SPREAD = np.uint32(0x9E3779B1)


class _Vocabulary(dict[str, int]):
    """Word → hash, each word hashed once."""

    def __missing__(self, word: str) -> int:
        self[word] = crc32(word.encode())
        return self[word]


def worded(texts: Iterable[str]) -> list[Hashes]:
    """The hashes of each text's words, in order."""
    known = _Vocabulary()
    return [np.fromiter(map(known.__getitem__, _WORD.findall(text.lower())), dtype=np.uint32) for text in texts]


def groups(words: Hashes, length: int) -> Hashes:
    """Hashes of all runs of so many words, in order; empty where there are fewer."""
    last = len(words) - length + 1
    if last < 1:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(last, dtype=np.uint32)
    for at in range(length):
        mixed = (mixed ^ words[at : at + last]) * _SPREAD
        mixed ^= mixed >> np.uint32(15)
    return mixed


def shingles(words: Hashes) -> Hashes:
    """The text's word triples, each once, sorted; empty where the text is too short to tell."""
    return np.unique(groups(words, SHINGLE)) if len(words) >= MIN_WORDS else np.empty(0, dtype=np.uint32)


def candidates(shingled: Sequence[Hashes], bands: int, width: int) -> set[tuple[int, int]]:
    """Pairs of rows (lower first) that agree on a whole band of their MinHash signatures."""
    rows = np.array([row for row, own in enumerate(shingled) if len(own)], dtype=np.int64)
    if len(rows) < 2:
        return set()
    flat = np.concatenate([shingled[row] for row in rows])
    starts = np.concatenate([[0], np.cumsum([len(shingled[row]) for row in rows])[:-1]])
    draws = np.random.default_rng(7).integers(0, 1 << 31, size=(bands * width, 2), dtype=np.uint32) | np.uint32(1)
    pairs: set[tuple[int, int]] = set()
    for band in range(bands):
        key = np.zeros(len(rows), dtype=np.uint64)
        for factor, shift in draws[band * width : (band + 1) * width]:
            least = np.minimum.reduceat(flat * factor + shift, starts)
            key = (key ^ least) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        pairs.update(chain.from_iterable(_pairs(bucket) for bucket in _buckets(key, rows)))
    return pairs


def _buckets(key: NDArray[np.uint64], rows: NDArray[np.int64]) -> Iterator[list[int]]:
    """Rows with the same key, two and more, each bucket in order."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    edges = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1], [True]]))
    for at in np.flatnonzero(np.diff(edges) > 1):
        yield [int(row) for row in rows[order[edges[at] : edges[at + 1]]]]


def _pairs(bucket: list[int]) -> Iterable[tuple[int, int]]:
    return combinations(bucket, 2) if len(bucket) <= CROWD else ((bucket[0], other) for other in bucket[1:])
