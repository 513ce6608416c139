"""Where a monthly count leaves its own rhythm: lasting jumps and short spikes, in plain robust statistics.

A penalised change-point search on such short series also cuts slow growth and seasons into steps; a break of flow
must be nameable to a client, so each is tested against the months around it and the same months a year away.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot, log, sqrt

import numpy as np
from numpy.typing import NDArray

from audits.analysis.intervals import newcombe, z_of

BEFORE, AFTER = 6, 3
"""A jump lasts at least AFTER months and is seen against up to BEFORE months."""
RATIO = 2.5
MIXED_RATIO = 1.6
"""Enough where the share of five stars moves along with the volume: more of the pleased are asked, or fewer."""
MIXED_POINTS = 0.08
CLEAR = 3.0
"""Standard errors of the business's own month-to-month rhythm that a jump must exceed."""
SEASONAL = log(2.0)
"""What must remain of a jump after the jump in the same months a year before or after is taken off."""
MIN_VOLUME = 10
"""Reviews a month on the busier side: two reviews a month becoming six is no change of flow."""
HISTORY = 24
SURE = z_of(0.99)

Counts = NDArray[np.int64]


def jumps(volume: Counts, five: Counts, rated: Counts) -> list[int]:
    """Indices of the months in which a lasting change of volume begins, oldest first."""
    found: dict[int, float] = {}
    for at in range(AFTER, len(volume) - AFTER + 1):
        size = _log_ratio(volume, at)
        busier = max(np.median(volume[at : at + AFTER]), np.median(volume[max(0, at - BEFORE) : at]))
        needed = log(MIXED_RATIO if _mix_moves_along(five, rated, at, size) else RATIO)
        if busier < MIN_VOLUME or abs(size) < needed or not _apart(volume, at):
            continue
        if abs(size) > CLEAR * _rhythm(volume, at) and not _seasonal(volume, at, size):
            found[at] = _split_gain(volume, at)
    starts = sorted(found)
    groups: list[list[int]] = [starts[:1]] if starts else []
    for before, month in pairwise(starts):
        same = month - before < AFTER and (_log_ratio(volume, month) > 0) == (_log_ratio(volume, before) > 0)
        if same:
            groups[-1].append(month)
        else:
            groups.append([month])
    return [max(group, key=lambda at: (found[at], -at)) for group in groups]


def spikes(volume: Counts, five: Counts, rated: Counts) -> list[tuple[int, int]]:
    """(index, length) of bursts shorter than AFTER months that also bring another share of five stars."""
    high = [at for at in range(1, len(volume)) if _spikes(volume, five, rated, at)]
    runs: list[tuple[int, int]] = []
    for at in high:
        if runs and at == sum(runs[-1]):
            runs[-1] = runs[-1][0], runs[-1][1] + 1
        else:
            runs.append((at, 1))
    return [(at, length) for at, length in runs if length < AFTER]


def _spikes(volume: Counts, five: Counts, rated: Counts, at: int) -> bool:
    around = np.r_[max(0, at - BEFORE) : at, at + 1 : min(len(volume), at + BEFORE + 1)]
    usual = float(np.median(volume[around]))
    if len(around) < AFTER or volume[at] < max(MIN_VOLUME, RATIO * usual):
        return False
    noise = hypot(_month_noise(volume, at), sqrt(1 / max(1, volume[at]) + 1 / max(1.0, usual * len(around))))
    if log((volume[at] + 0.5) / (usual + 0.5)) < CLEAR * noise or not rated[at] or not rated[around].sum():
        return False
    n, m = int(rated[at]), int(rated[around].sum())
    low, high = newcombe(int(five[at]), n, int(five[around].sum()), m, SURE)
    return bool(low * high > 0 and abs(five[at] / n - five[around].sum() / m) >= MIXED_POINTS)


def _log_ratio(volume: Counts, at: int) -> float:
    """Log ratio of the typical month after `at` to the typical month before."""
    after, before = volume[at : at + AFTER], volume[max(0, at - BEFORE) : at]
    return log((float(np.median(after)) + 0.5) / (float(np.median(before)) + 0.5))


def _apart(volume: Counts, at: int) -> bool:
    """Every month after lies beyond all months before, but for one odd month where there are at least four."""
    before, after = np.sort(volume[max(0, at - BEFORE) : at]), volume[at : at + AFTER]
    spare = 1 if len(before) > AFTER else 0
    return bool(after.min() > before[-1 - spare] or after.max() < before[spare])


def _month_noise(volume: Counts, at: int) -> float:
    """Spread of log counts from month to month before `at` (or after, at the start), robust to single steps."""
    past = np.log(volume[max(0, at - HISTORY) : at] + 0.5)
    changes = np.diff(past) if len(past) > AFTER else np.diff(np.log(volume[at : at + HISTORY] + 0.5))
    return float(1.4826 * np.median(np.abs(changes)) / sqrt(2)) if len(changes) else 0.0


def _rhythm(volume: Counts, at: int) -> float:
    """Standard error of the log ratio: the business's own months, and the counts themselves."""
    before, after = volume[max(0, at - BEFORE) : at], volume[at : at + AFTER]
    own = _month_noise(volume, at) * sqrt(1 / len(before) + 1 / len(after))
    return hypot(own, sqrt(1 / max(1, before.sum()) + 1 / max(1, after.sum())))


def _seasonal(volume: Counts, at: int, size: float) -> bool:
    """Whether the same months a year before or after jumped alike."""
    for other in (at - 12, at + 12):
        if AFTER <= other <= len(volume) - AFTER:
            alike = _log_ratio(volume, other)
            if alike * size > 0 and abs(size) - abs(alike) < SEASONAL:
                return True
    return False


def _mix_moves_along(five: Counts, rated: Counts, at: int, size: float) -> bool:
    """More reviews with a larger share of five stars, or fewer with a smaller one: a change in who is asked."""
    n, m = int(rated[at : at + AFTER].sum()), int(rated[max(0, at - BEFORE) : at].sum())
    if not n or not m:
        return False
    k, j = int(five[at : at + AFTER].sum()), int(five[max(0, at - BEFORE) : at].sum())
    low, high = newcombe(k, n, j, m, SURE)
    return low * high > 0 and abs(k / n - j / m) >= MIXED_POINTS and (k / n - j / m) * size > 0


def _split_gain(volume: Counts, at: int) -> float:
    """How much a step here explains of the log counts around: picks the month among neighbours that also pass."""
    logs = np.log(volume[max(0, at - BEFORE) : at + BEFORE] + 0.5)
    here = at - max(0, at - BEFORE)
    whole = float(((logs - logs.mean()) ** 2).sum())
    parts = sum(float(((part - part.mean()) ** 2).sum()) for part in (logs[:here], logs[here:]))
    return (whole - parts) / (whole or 1.0)
