"""What an audit says that it would notice is noticed in four of five audits of that volume."""

from __future__ import annotations

import numpy as np

from audits.analysis.direction import directions
from audits.analysis.values import Direction, Figure
from audits.analysis.visible import visible
from tests.audits.analysis.made import GAPS, panel

MONTHS, LATEST, VOLUME, SEEDS = 24, 6, 28, 20
SHARE = 0.05
"""Of every gap but the one that changes."""


def told(before: float, after: float, seed: int) -> str:
    """The direction of `queue`, whose share changes with the latest window."""
    dice = np.random.default_rng(seed)
    shares = {gap: [SHARE] * MONTHS for gap in GAPS}
    shares["queue"] = [before] * (MONTHS - LATEST) + [after] * LATEST
    found = directions(
        panel([VOLUME] * MONTHS, {gap: dice.binomial(VOLUME, own).tolist() for gap, own in shares.items()}), ()
    )["queue"]
    return found.trend if isinstance(found, Direction) else ""


def seen(share: float) -> tuple[float, bool]:
    """The smallest rise from a share, and whether its end would be noticed, as they are told."""
    hits = {gap: [1, 2] * (MONTHS // 2) for gap in GAPS}
    hits["queue"] = np.diff(np.round(np.arange(MONTHS + 1) * share * VOLUME)).astype(int).tolist()
    found = visible(panel([VOLUME] * MONTHS, hits))
    rise = found.rises["queue"]
    assert isinstance(rise, Figure)
    return rise.value, "queue" in found.ends


def test_the_rise_that_would_be_noticed_mostly_is_and_half_of_it_mostly_is_not() -> None:
    rise, _ = seen(0.07)
    found = [np.mean([told(0.07, 0.07 + part * rise, seed) == "rising" for seed in range(SEEDS)]) for part in (1, 0.5)]
    assert found[0] >= 0.75 and found[1] <= 0.6 and rise < 0.15


def test_the_end_of_a_failing_is_said_to_be_noticed_where_it_mostly_is_though_a_rise_as_large_is_not() -> None:
    rise, ends = seen(0.09)
    assert ends and rise > 0.09
    assert np.mean([told(0.09, 0.0, seed) == "falling" for seed in range(SEEDS)]) >= 0.8
    assert not seen(0.03)[1]


def test_more_reviews_show_smaller_rises_and_the_months_are_those_of_the_windows() -> None:
    many = visible(panel([100] * 24, {"queue": [5] * 24}))
    few = visible(panel([10] * 24, {"queue": [1] * 24}))
    assert (many.months, few.months) == (6, 12)
    ours, theirs = many.rises["queue"], few.rises["queue"]
    assert isinstance(ours, Figure) and isinstance(theirs, Figure)
    assert ours.value < 0.1 < theirs.value
