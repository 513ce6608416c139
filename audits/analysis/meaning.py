"""Statements that mean the same are grouped, whatever their words: by what the sentence model saw in each.

A vector is kept in 4 bits a number, as text that can stand in the store. The groups of a set of statements do not
depend on their order, and their making does not grow with the square of their number.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from audits.analysis.encoder import Floats

STEP, LEVELS = 0.11, 7
"""A number of a vector is kept as so many steps, at most LEVELS: one in a hundred is larger."""
SAMPLE, A_GROUP = 1_000, 40
"""Statements from which groups are made: so many, and more where these were fewer than A_GROUP for each group. The
distances between a thousand take 4 MB and a sixteenth of a second."""
AT_ONCE = 4_096
"""Vectors that are unpacked at a time."""

_STEPS = np.stack(np.divmod(np.arange(256), 16), axis=1).astype(np.float32) - LEVELS
"""The two numbers of each byte."""

Labels = NDArray[np.int64]


def packed(vectors: Floats) -> list[str]:
    """Each vector (a row, an even number of columns) as text, two numbers a byte."""
    steps = (np.clip(np.rint(vectors / np.float32(STEP)), -LEVELS, LEVELS) + LEVELS).astype(np.uint8)
    pairs = steps[:, ::2] << 4 | steps[:, 1::2]
    return [b64encode(row.tobytes()).decode("ascii") for row in pairs]


def unpacked(held: Sequence[str]) -> Floats:
    """The vectors, a row each, at unit length."""
    return unit(stepped(read(held), len(held)))


def read(held: Sequence[str]) -> bytes:
    """What the texts stand for, one after the other: at once, as no text of the model's ends amid three bytes."""
    whole = "".join(held)
    return b"".join(map(b64decode, held)) if "=" in whole else b64decode(whole)


def stepped(pairs: bytes, rows: int) -> Floats:
    """So many vectors from two numbers a byte, a row each, in whole steps."""
    if not rows:
        return np.zeros((0, 0), np.float32)
    found: Floats = np.take(_STEPS, np.frombuffer(pairs, np.uint8), axis=0).reshape(rows, -1)
    return found


def unit(vectors: Floats) -> Floats:
    """The rows at unit length; a row of zeros stays."""
    found: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return found


def to_unit(steps: Floats) -> Floats:
    """What each row of whole steps is multiplied by to be of unit length."""
    found: Floats = 1 / np.sqrt(np.maximum((steps * steps).sum(axis=1), 1))
    return found


def grouped(held: Sequence[str], count: int) -> tuple[Labels, Floats]:
    """The group of each packed vector, from 0 on, `count` groups at most, and its cosine to the middle of the group.

    Ward's method (1963) on the first of them, then each goes to the group whose middle is nearest. So they should come
    in an order that says nothing about them, as digests do.
    """
    sample = unpacked(held[: max(SAMPLE, A_GROUP * count)])
    if not len(sample):
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    labels = warded(sample, count)
    return nearest(held, unit(np.stack([sample[labels == label].mean(axis=0) for label in range(labels.max() + 1)])))


def warded(vectors: Floats, count: int) -> Labels:
    """The group of each row by Ward's method alone, from 0 on."""
    from scipy.cluster.hierarchy import fcluster, ward

    if len(vectors) < 2:
        return np.zeros(len(vectors), np.int64)
    found: Labels = fcluster(ward(vectors.astype(np.float64)), count, "maxclust").astype(np.int64) - 1
    return found


def middle(held: Sequence[str]) -> Floats:
    """The mean of packed vectors (of the first SAMPLE) at unit length."""
    found: Floats = unit(unpacked(held[:SAMPLE]).mean(axis=0, keepdims=True))[0]
    return found


def nearest(held: Sequence[str], centres: Floats) -> tuple[Labels, Floats]:
    """The nearest centre of each packed vector, and their cosine to four places: more would depend on the batch."""
    labels = np.zeros(len(held), np.int64)
    near = np.zeros(len(held), np.float32)
    for at in range(0, len(held), AT_ONCE):
        cosines = np.round(unpacked(held[at : at + AT_ONCE]) @ centres.T, 4)
        labels[at : at + AT_ONCE], near[at : at + AT_ONCE] = cosines.argmax(axis=1), cosines.max(axis=1)
    return labels, near
