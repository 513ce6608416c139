"""Weights in 4 bits, in which they are kept: a group of GROUP neighbours in a row shares a step, and each is up to MOST
steps from nought. And in 8, in which they are multiplied."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.encoder import Floats

GROUP, MOST = 32, 7

Codes = NDArray[np.uint8]
Steps = NDArray[np.float16]


def packed(weight: NDArray[Any]) -> tuple[Codes, Steps]:
    """Two numbers a byte, a row a row of the weight, and the step of each group."""
    groups = weight.reshape(len(weight), -1, GROUP)
    steps = (np.abs(groups).max(axis=2) / MOST + 1e-12).astype(np.float16)
    near = np.maximum(steps.astype(np.float32), np.float32(1e-7))[:, :, None]
    codes = (np.clip(np.rint(groups / near), -MOST, MOST) + MOST).astype(np.uint8).reshape(weight.shape)
    return codes[:, ::2] << 4 | codes[:, 1::2], steps


def whole(codes: Codes, steps: Steps) -> tuple[NDArray[np.int8], Floats]:
    """What `packed` holds, as `rounded` gives it."""
    rows = len(codes)
    both = np.empty((rows, codes.shape[1], 2), np.int8)
    both[:, :, 0], both[:, :, 1] = codes >> 4, codes & 15
    both -= MOST
    return rounded((both.reshape(rows, -1, GROUP) * steps.astype(np.float32)[:, :, None]).reshape(rows, -1))


def rounded(weight: NDArray[Any]) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers from -127 to 127 and the scale of each row, two neighbours never beyond 128 together.

    A processor without VNNI adds the products of two neighbours with two numbers up to 255 in 16 bits, and cuts off
    what is larger than they hold: 255 times 128 fits, so every processor comes to the same sum.
    """
    largest = np.maximum(np.abs(weight).max(axis=1), np.abs(weight[:, ::2] + weight[:, 1::2]).max(axis=1))
    scale = (np.maximum(largest, 1e-12) / 127).astype(np.float32)
    return np.rint(weight / scale[:, None]).astype(np.int8), scale
