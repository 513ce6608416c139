"""The difference in differences is the arithmetic of its sources, to the last review."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from audits.analysis.differences import Counts, beyond, large, own, pooled

Z = 1.96
MINE = Counts(hits_before=48, before=400, hits_after=16, after=400)
OTHERS = [
    Counts(hits_before=60, before=1000, hits_after=at, after=after) for at, after in ((20, 900), (100, 1100), (95, 800))
]


def test_the_pooled_change_is_the_risk_difference_of_mantel_and_haenszel() -> None:
    weights = [one.before * one.after / (one.before + one.after) for one in OTHERS]
    change, _ = pooled(OTHERS, Z)
    assert change.value == pytest.approx(np.average([one.change for one in OTHERS], weights=weights))
    alone, apart = pooled(OTHERS[:1], Z)
    error = sum(p * (1 - p) / (n + 2) for p, n in ((61 / 1002, 1000), (21 / 902, 900))) ** 0.5
    assert (alone.low, alone.high) == pytest.approx((alone.value - Z * error, alone.value + Z * error)) and apart == 0


def test_what_changes_differ_beyond_chance_is_that_of_dersimonian_and_laird() -> None:
    shares = [[(k + 1) / (n + 2) for k, n in _sides(one)] for one in OTHERS]
    errors = [
        sum(p * (1 - p) / (n + 2) for p, (_, n) in zip(found, _sides(one), strict=True))
        for found, one in zip(shares, OTHERS, strict=True)
    ]
    theirs = combine_effects(np.array([one.change for one in OTHERS]), np.array(errors), method_re="dl")
    assert pooled(OTHERS, Z)[1] ** 2 == pytest.approx(theirs.tau2) and theirs.tau2 > 0
    assert pooled([replace(OTHERS[0], hits_after=54)] * 3, Z)[1] == 0


def test_how_two_competitors_differ_says_nothing_of_what_any_would() -> None:
    assert pooled(OTHERS[:2], Z)[1] == 0


def test_two_ranges_are_joined_side_by_side_as_zou_and_donner_do() -> None:
    mine, (theirs, apart) = own(MINE, Z), pooled(OTHERS, Z)
    found = beyond(MINE, OTHERS, Z)
    assert found.value == pytest.approx(mine.value - theirs.value)
    assert found.value - found.low == pytest.approx(hypot(mine.value - mine.low, theirs.high - theirs.value, Z * apart))
    assert found.high - found.value == pytest.approx(
        hypot(mine.high - mine.value, theirs.value - theirs.low, Z * apart)
    )


def test_competitors_are_held_against_us_from_two_hundred_reviews_on_each_side() -> None:
    few = Counts(hits_before=4, before=50, hits_after=4, after=50)
    enough = Counts(hits_before=0, before=200, hits_after=0, after=200)
    assert large(few, [enough])
    assert not large(few, [replace(enough, before=199)]) and not large(few, [replace(enough, after=199)])
    assert large(replace(few, before=100, after=100), [enough])
    assert not large(replace(few, before=101), [enough]) and not large(replace(few, after=101), [enough]), "or twice"


def test_the_change_that_would_be_told_in_eighty_of_a_hundred_is_so_many_errors() -> None:
    found = own(MINE, Z)
    assert found.value == pytest.approx(16 / 400 - 48 / 400)
    assert found.visible == pytest.approx((found.high - found.low) / (2 * Z) * (Z + 0.8416), rel=1e-4)


def _sides(one: Counts) -> tuple[tuple[int, int], tuple[int, int]]:
    return (one.hits_before, one.before), (one.hits_after, one.after)
