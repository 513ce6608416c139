"""Weights in 4 bits: a group of GROUP neighbours in a row shares a step, and each is up to 7 steps from nought."""

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
    """What `packed` holds in whole numbers from -127 to 127, and the scale of each row."""
    rows = len(codes)
    both = np.empty((rows, codes.shape[1], 2), np.int8)
    both[:, :, 0], both[:, :, 1] = codes >> 4, codes & 15
    both -= MOST
    weight = (both.reshape(rows, -1, GROUP) * steps.astype(np.float32)[:, :, None]).reshape(rows, -1)
    scale = np.maximum(np.abs(weight).max(axis=1), np.float32(1e-12)) / np.float32(127)
    return np.rint(weight / scale[:, None]).astype(np.int8), scale
