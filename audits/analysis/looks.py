"""What the student sees in each word, as the one looked at and as a neighbour: worked out once a word, then looked up.

A few thousand words are most of any text, so the products behind them are not made again for every batch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audits.analysis.words import PAD

KEPT = 8_192
"""Words whose looks are kept: 29 MB. Others, and words in pieces, are worked out for each batch behind them."""

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Tables = tuple[Floats, Floats, Floats, Floats]
"""A row a word: the look at the word after it, at itself, at the word before it, and its vector."""


class Looks:
    """The looks of words by number."""

    def __init__(self, vectors: Floats, look: Floats, scale: Floats) -> None:
        self._vectors, self._look, self._scale = vectors, look, scale
        self._kept = 0
        self._row = np.full(len(vectors), -1, np.int64)
        width = look.shape[1] // 3
        left, here, right = (np.zeros((KEPT, width), np.float32) for _ in range(3))
        self._tables: Tables = (left, here, right, np.zeros((KEPT, vectors.shape[1]), np.float32))

    def of(self, numbers: Rows, pieces: Sequence[tuple[int, ...]]) -> tuple[Rows, Tables]:
        """For each word number its row in the tables, which hold until the next call."""
        known = len(self._vectors)
        present = np.zeros(known + len(pieces), np.bool_)
        present[numbers] = True
        row = np.full(len(present), -1, np.int64)
        row[:known] = self._row
        new = np.flatnonzero(present & (row < 0))  # ascending: those that may be kept come first
        row[new] = self._kept + np.arange(len(new))
        if len(new):
            self._take(new, pieces)
            kept = new[: min(int(np.searchsorted(new, known)), KEPT - self._kept)]
            self._row[kept] = row[kept]
            self._kept += len(kept)
        return row[numbers], self._tables

    def _take(self, new: Rows, pieces: Sequence[tuple[int, ...]]) -> None:
        """Work out the looks of these words, and put them behind those that are kept."""
        vectors = self._rows(new, pieces)
        made = (*np.split((vectors @ self._look) * self._scale, 3, axis=1), vectors)
        at, end = self._kept, self._kept + len(new)
        if end > len(self._tables[0]):
            left, here, right, words = (np.resize(table, (end, table.shape[1])) for table in self._tables)
            self._tables = left, here, right, words
        for table, rows in zip(self._tables, made, strict=True):
            table[at:end] = rows

    def _rows(self, numbers: Rows, pieces: Sequence[tuple[int, ...]]) -> Floats:
        """The vectors of these word numbers; a word in pieces has the mean of its pieces, in whole numbers."""
        known = len(self._vectors)
        rows = self._vectors[np.where(numbers < known, numbers, PAD)]
        for row in np.flatnonzero(numbers >= known):
            rows[row] = np.rint(self._vectors[list(pieces[numbers[row] - known])].mean(axis=0))
        return rows
