"""Pairs of texts that may share many of their word groups, found without comparing every text with every other.

Source: Broder (1997), resemblance of documents; bands of a MinHash signature. Words, groups, signatures and pairs are
arrays over all texts at once, as 26,878 reviews are more than a million words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

SHINGLE = 3
MIN_WORDS = 10
"""Shorter texts coincide by chance ("great service, thank you"), so they are never called copies."""
CROWD = 20
"""A bucket of more texts is not paired in full: each is paired with the first, which the union of copies closes."""
AT_ONCE = 20_000
"""Texts and pairs that are worked on at one time."""
Hashes = NDArray[np.uint32]
Rows = NDArray[np.int64]
_WORD = re.compile(r"\w+")
_PLAIN = bytes(code if re.match(r"\w", chr(code)) else ord(" ") for code in range(128)).lower() + bytes(128)
"""What becomes of each byte of an ASCII text before it is cut at blanks: small letters, and blanks for all signs."""
_SMALL = bytes(range(256)).lower()
_BLANKS = bytes(code for code in range(128) if chr(code).isspace())
_SPREAD = np.uint32(0x9E3779B1)


class _Vocabulary(dict[bytes, int]):
    """Word → hash, each word hashed once."""

    def __missing__(self, word: bytes) -> int:
        self[word] = crc32(word)
        return self[word]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingled:
    """The word triples of texts as hashes: `flat` has text after text, each triple once, sorted; `sizes` how many."""

    flat: Hashes
    sizes: Rows

    @property
    def starts(self) -> Rows:
        return np.cumsum(self.sizes) - self.sizes

    def of(self, rows: Rows) -> Shingled:
        """Those of some texts (ascending rows)."""
        chosen = np.zeros(len(self.sizes), dtype=np.bool_)
        chosen[rows] = True
        return Shingled(flat=self.flat[np.repeat(chosen, self.sizes)], sizes=self.sizes[rows])

    def each(self) -> Iterator[bytes]:
        """A text's triples as bytes: equal where the triples are."""
        for start, size in zip(self.starts.tolist(), self.sizes.tolist(), strict=True):
            yield self.flat[start : start + size].tobytes()


def shingled(texts: Iterable[str]) -> Shingled:
    """The triples of every text; none where it is too short to tell."""
    known, left = _Vocabulary(), iter(texts)
    parts = []
    while some := [_words(text) for text in islice(left, AT_ONCE)]:
        parts.append(_shingled([words if len(words) >= MIN_WORDS else [] for words in some], known))
    if not parts:
        return Shingled(flat=np.empty(0, dtype=np.uint32), sizes=np.empty(0, dtype=np.int64))
    return Shingled(
        flat=np.concatenate([part.flat for part in parts]), sizes=np.concatenate([part.sizes for part in parts])
    )


def _words(text: str) -> list[bytes]:
    """What `\\w+` finds in the text in small letters; most texts are ASCII, which is cut several times as fast."""
    if text.isascii():
        return text.encode().translate(_PLAIN).split()
    return [word.encode() for word in _WORD.findall(text.lower())]


def unspaced(text: str) -> bytes:
    """What is left of a text without capitals and blanks: equal where the words are, and hardly ever where not.

    It is made sooner than the words, so that few texts are compared word by word.
    """
    if text.isascii():
        return text.encode().translate(_SMALL, _BLANKS)
    return "".join(text.casefold().split()).encode("utf-8", "surrogatepass")


def _shingled(texts: Sequence[list[bytes]], known: _Vocabulary) -> Shingled:
    words = np.fromiter(map(known.__getitem__, chain.from_iterable(texts)), dtype=np.uint32)
    row = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(each) for each in texts])
    last = max(0, len(words) - SHINGLE + 1)
    mixed = np.zeros(last, dtype=np.uint32)
    for at in range(SHINGLE):
        mixed = (mixed ^ words[at : at + last]) * _SPREAD
        mixed ^= mixed >> np.uint32(15)
    inside = row[:last] == row[SHINGLE - 1 :][:last]
    unique = _distinct(row[:last][inside] << np.uint64(32) | mixed[inside])
    sizes = np.bincount((unique >> np.uint64(32)).astype(np.int64), minlength=len(texts))
    return Shingled(flat=unique.astype(np.uint32), sizes=sizes.astype(np.int64))


def candidates(texts: Shingled, bands: int, width: int) -> tuple[Rows, Rows]:
    """Pairs of rows (lower, higher) that agree on a whole band of their MinHash signatures, in order."""
    rows = np.flatnonzero(texts.sizes)
    none = np.empty(0, dtype=np.int64)
    if len(rows) < 2:
        return none, none
    starts = texts.starts[rows]
    draws = np.random.default_rng(7).integers(0, 1 << 31, size=(bands * width, 2), dtype=np.uint32) | np.uint32(1)
    pairs: list[Rows] = []
    for band in range(bands):
        key = np.zeros(len(rows), dtype=np.uint64)
        for factor, shift in draws[band * width : (band + 1) * width]:
            key = (key ^ _least(texts.flat, starts, factor, shift)) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        pairs += [low * len(texts.sizes) + high for low, high in _met(key, rows)]
    return np.divmod(_distinct(np.concatenate([none, *pairs])), len(texts.sizes))


def _least(flat: Hashes, starts: Rows, factor: np.uint32, shift: np.uint32) -> Hashes:
    """The least of each text's triples after this draw; `starts` are of the texts that have any."""
    found = np.empty(len(starts), dtype=np.uint32)
    for at in range(0, len(starts), AT_ONCE):
        first, last = starts[at], starts[at + AT_ONCE] if at + AT_ONCE < len(starts) else len(flat)
        found[at : at + AT_ONCE] = np.minimum.reduceat(
            flat[first:last] * factor + shift, starts[at : at + AT_ONCE] - first
        )
    return found


def _distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Each value once, in order: by sorting, which numpy's own `unique` is many times slower than."""
    ordered: NDArray[Any] = np.sort(values)
    first = np.ones(len(ordered), dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[first])


def _met(key: NDArray[np.uint64], rows: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Pairs of rows with the same key, buckets of one size at a time."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    edges = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1], [True]]))
    sizes = np.diff(edges)
    for size in sorted(set(sizes[sizes > 1].tolist())):
        buckets = rows[order[edges[:-1][sizes == size][:, None] + np.arange(size)]]
        if size > CROWD:
            yield np.repeat(buckets[:, 0], size - 1), buckets[:, 1:].ravel()
        else:
            low, high = np.triu_indices(size, 1)
            yield buckets[:, low].ravel(), buckets[:, high].ravel()


def resemblance(texts: Shingled, low: Rows, high: Rows) -> NDArray[np.float64]:
    """Of each pair, the share of its triples that both have (Jaccard)."""
    found = np.zeros(len(low))
    starts = texts.starts
    for at in range(0, len(low), AT_ONCE):
        one, other = low[at : at + AT_ONCE], high[at : at + AT_ONCE]
        shared = _table(texts, starts, one).multiply(_table(texts, starts, other)).sum(axis=1)
        found[at : at + AT_ONCE] = shared / (texts.sizes[one] + texts.sizes[other] - shared)
    return found


def _table(texts: Shingled, starts: Rows, rows: Rows) -> csr_array:
    """A row for each of these texts (one may be there twice), a column for each triple that there can be."""
    sizes = texts.sizes[rows]
    ends = np.concatenate([[0], np.cumsum(sizes)])
    columns = texts.flat[np.arange(ends[-1]) + np.repeat(starts[rows] - ends[:-1], sizes)].astype(np.int64)
    return csr_array((np.ones(len(columns), dtype=np.int32), columns, ends), shape=(len(rows), 1 << 32))
