"""A statement becomes a short vector: each word looked at with its neighbours, the strongest and the mean of the looks.

Weights and what is multiplied with them are whole numbers small enough that float32 sums of their products are exact.
So a statement's vector is the same to the bit whatever else is in the batch, on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from audits.analysis.looks import Looks
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
        vectors, look, scale = (arrays[name].astype(np.float32) for name in ("vectors", "look", "look_scale"))
        self._looks = Looks(vectors, look, scale)
        self._look_bias = arrays["look_bias"].astype(np.float32)
        self._pool_scale = arrays["pool_scale"].astype(np.float32)
        self._out = arrays["out"].astype(np.float32)
        self._out_scale = arrays["out_scale"].astype(np.float32)
        self._out_bias = arrays["out_bias"].astype(np.float32)
        self.width = self._out.shape[1]
        self._encoding = Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """One row a text: whole numbers from -127 to 127."""
        with self._encoding, alone():
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
        rows, (left, here, right, vectors) = self._looks.of(numbers, pieces)
        breaks = np.flatnonzero(numbers == PAD)
        lengths = np.diff(breaks) - 1
        longest_first = np.argsort(-lengths, kind="stable")
        starts, still = breaks[:-1][longest_first] + 1, lengths[longest_first]
        longest = int(still[0]) if count else 0
        width = left.shape[1]
        best, total, look, other = (np.zeros((count, width), np.float32) for _ in range(4))
        words, word = (np.zeros((count, vectors.shape[1]), np.float32) for _ in range(2))
        for place, going in enumerate(np.searchsorted(-still, -np.arange(longest)).tolist()):
            at = starts[:going] + place
            now, beside, own = look[:going], other[:going], rows[at]
            _take(left, rows[at - 1], now)
            now += _take(here, own, beside)
            now += _take(right, rows[at + 1], beside)
            now += self._look_bias
            np.maximum(now, 0, out=now)
            np.maximum(best[:going], now, out=best[:going])
            total[:going] += now
            words[:going] += _take(vectors, own, word[:going])
        said = np.maximum(still, 1)[:, None].astype(np.float32)
        found = np.empty((count, 2 * width + vectors.shape[1]), np.float32)
        found[longest_first] = np.concatenate([best, total / said, words / said], axis=1)
        return found


def _take(table: Floats, rows: NDArray[np.int64], out: Floats) -> Floats:
    """These rows of the table, into `out`: without a check of each, which the numbers of words do not need."""
    return np.take(table, rows, axis=0, out=out, mode="clip")


@cache
def _arithmetic() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")


def alone() -> AbstractContextManager[Any]:
    """Products are made by one thread each: theirs are so small that a second one costs more than it brings.

    The first thread of the process that asks decides for all; what others ask has no effect.
    """
    return cast("AbstractContextManager[Any]", _arithmetic().limit(limits=1))


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder in the package, read once."""
    with np.load(FILE) as arrays:
        return Encoder({name: arrays[name] for name in arrays.files})
