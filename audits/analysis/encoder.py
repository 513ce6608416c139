"""A statement becomes a short vector: each word looked at with its neighbours, the strongest and the mean of the looks.

Weights and what is multiplied with them are whole numbers small enough that float32 sums of their products are exact.
So a statement's vector is the same to the bit whatever else is in the batch, on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.words import PAD, Vocabulary

DATA = Path(__file__).parent / "data"
FILE = DATA / "encoder.npz"
CHUNK = 1024
"""Statements read at a time: bounds the memory, and keeps the tables of a chunk in the cache."""

Floats = NDArray[np.float32]


class Encoder:
    """The student's sentence encoder, in numpy alone."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self.vocabulary = Vocabulary(arrays["words"].tobytes().decode().split("\n"))
        self._vectors = arrays["vectors"].astype(np.float32)
        self._look = arrays["look"].astype(np.float32)
        self._look_scale = arrays["look_scale"].astype(np.float32)
        self._look_bias = arrays["look_bias"].astype(np.float32)
        self._pool_scale = arrays["pool_scale"].astype(np.float32)
        self._out = arrays["out"].astype(np.float32)
        self._out_scale = arrays["out_scale"].astype(np.float32)
        self._out_bias = arrays["out_bias"].astype(np.float32)
        self.width = self._out.shape[1]

    def encode(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """One row a text: whole numbers from -127 to 127."""
        rows = [self._chunk(texts[at : at + CHUNK]) for at in range(0, len(texts), CHUNK)]
        return np.concatenate(rows) if rows else np.zeros((0, self.width), np.int8)

    def _chunk(self, texts: Sequence[str]) -> NDArray[np.int8]:
        numbers, pieces = self.vocabulary.numbers(texts)
        pooled = self._pool(numbers, pieces, len(texts))
        exact = np.clip(np.rint(pooled * self._pool_scale), -127, 127)
        out = (exact @ self._out) * self._out_scale + self._out_bias
        rows: NDArray[np.int8] = np.rint(np.tanh(out) * 127).astype(np.int8)
        return rows

    def _pool(self, numbers: NDArray[np.int64], pieces: list[tuple[int, ...]], count: int) -> Floats:
        """Per text: the strongest and the mean of each look, and the mean word vector."""
        unique, inverse = np.unique(numbers, return_inverse=True)
        vectors = self._rows(unique, pieces)
        left, here, right = np.split((vectors @ self._look) * self._look_scale, 3, axis=1)
        breaks = np.flatnonzero(numbers == PAD)
        lengths = np.diff(breaks) - 1
        longest_first = np.argsort(-lengths, kind="stable")
        starts, still = breaks[:-1][longest_first] + 1, lengths[longest_first]
        width = left.shape[1]
        pooled = np.zeros((count, 2 * width + vectors.shape[1]), np.float32)
        best, total, words = pooled[:, :width], pooled[:, width : 2 * width], pooled[:, 2 * width :]
        for place in range(int(still[0]) if count else 0):
            going = int(np.searchsorted(-still, -place))
            at = starts[:going] + place
            look = left[inverse[at - 1]]
            look += here[inverse[at]]
            look += right[inverse[at + 1]]
            look += self._look_bias
            np.maximum(look, 0, out=look)
            np.maximum(best[:going], look, out=best[:going])
            total[:going] += look
            words[:going] += vectors[inverse[at]]
        pooled[:, width:] /= np.maximum(still, 1)[:, None].astype(np.float32)
        found = np.empty_like(pooled)
        found[longest_first] = pooled
        return found

    def _rows(self, unique: NDArray[np.int64], pieces: list[tuple[int, ...]]) -> Floats:
        """The vectors of these word numbers; a word in pieces has the mean of its pieces, in whole numbers."""
        size = self.vocabulary.size
        rows = self._vectors[np.where(unique < size, unique, PAD)]
        for row in np.flatnonzero(unique >= size):
            rows[row] = np.rint(self._vectors[list(pieces[unique[row] - size])].mean(axis=0))
        return rows


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder in the package, read once."""
    with np.load(FILE) as arrays:
        return Encoder({name: arrays[name] for name in arrays.files})
