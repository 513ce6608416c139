"""A planted change is found and dated; where nothing changed, or nothing can be compared, there is no direction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from audits.analysis.changepoint import rare, scan
from audits.analysis.direction import directions
from audits.analysis.months import month_name
from audits.analysis.values import Direction, FlowBreak, NotObservable
from audits.report.words import because
from tests.audits.analysis.made import GAPS, drawn, panel

BASE = (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.03, 0.05, 0.07, 0.01)


def business(seed: int, volume: Sequence[int], gap: str = "", shares: Sequence[float] = ()) -> dict[str, np.ndarray]:
    """Monthly hits of every gap at its base share; one gap with shares of its own."""
    rng = np.random.default_rng(seed)
    return {name: drawn(rng, volume, shares if name == gap else base) for name, base in zip(GAPS, BASE, strict=True)}


def only(found: Direction | NotObservable) -> Direction:
    assert isinstance(found, Direction), found
    return found


@pytest.mark.parametrize("months_ago", [4, 6, 9])
def test_a_planted_rise_is_rising_since_its_month(months_ago: int) -> None:
    volume = [200] * 24
    dated = 0
    for seed in range(20):
        shares = [0.04] * (24 - months_ago) + [0.12] * months_ago
        held = panel(volume, business(seed, volume, "booking", shares))
        booking = only(directions(held, ())["booking"])
        assert booking.trend == "rising"
        near = {month_name(held.month[0] + 24 - months_ago + off) for off in (-1, 0, 1)}
        dated += booking.since in near
    assert dated >= 19


def test_a_planted_fall_is_falling() -> None:
    volume = [200] * 18
    held = panel(volume, business(3, volume, "booking", [0.12] * 12 + [0.04] * 6))
    booking = only(directions(held, ())["booking"])
    assert booking.trend == "falling"
    assert booking.change.high is not None and booking.change.high < 0


def test_what_rises_again_is_not_dated_to_the_month_in_which_it_fell() -> None:
    held = panel([60] * 24, {"booking": [6] * 12 + [1] * 9 + [7] * 3})
    booking = only(directions(held, ())["booking"])
    assert booking.months == (("2023-07", "2023-12"), ("2023-01", "2023-06"))
    assert (booking.trend, booking.since) == ("rising", None)


def test_where_nothing_changed_at_most_5_of_100_businesses_get_any_direction() -> None:
    volume = [60] * 24
    moved = 0
    for seed in range(100):
        found = directions(panel(volume, business(1000 + seed, volume)), ())
        moved += any(only(one).trend != "steady" for one in found.values())
    assert moved <= 5


def test_restless_months_are_not_taken_for_a_change() -> None:
    moved = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        volume = list(rng.poisson(120, size=24))
        noisy = {gap: drawn(rng, volume, rng.beta(6, 94, size=24)) for gap in GAPS}
        found = directions(panel(volume, noisy), ())
        moved += any(only(one).trend != "steady" for one in found.values())
    assert moved <= 6


def test_a_break_inside_the_windows_silences_every_gap_and_says_why() -> None:
    volume = [85] * 15 + [390] * 9
    shares = [0.18] * 15 + [0.04] * 9
    held = panel(volume, business(5, volume, "booking", shares))
    sentence = "From April 2023 Alder Inn received about 390 reviews a month, against about 85 before."
    broken = FlowBreak(month="2023-04", kind="volume", before=85, after=390, sentence=sentence)
    for found in directions(held, (broken,)).values():
        assert isinstance(found, NotObservable)
        assert "April 2023" in found.reason and "390" in found.reason and "85" in found.reason


def test_a_break_before_the_windows_leaves_the_direction_and_bounds_the_search() -> None:
    volume = [200] * 24
    held = panel(volume, business(6, volume, "booking", [0.02] * 8 + [0.1] * 16))
    broken = FlowBreak(month="2022-09", kind="volume", before=1, after=2, sentence="A break.")
    booking = only(directions(held, (broken,))["booking"])
    assert booking.trend == "steady"


def test_a_share_that_falls_because_other_reviews_came_is_no_direction() -> None:
    volume = [60] * 6 + [120] * 6
    held = panel(volume, {"booking": [12] * 6 + [12] * 6})
    found = directions(held, ())["booking"]
    assert isinstance(found, NotObservable)
    assert "did not clearly move with it" in found.reason


def test_a_share_that_falls_with_its_number_is_falling_though_the_volume_grew() -> None:
    volume = [100] * 6 + [150] * 6
    held = panel(volume, {"booking": [20] * 6 + [5] * 6})
    assert only(directions(held, ())["booking"]).trend == "falling"


def test_few_reviews_say_that_they_are_few() -> None:
    found = directions(panel([4] * 12, {"booking": [1] * 12}), ())["booking"]
    assert isinstance(found, NotObservable)
    assert "24 in the last 6 months" in found.reason
    assert because(found).startswith("Not observable because there are too few reviews to tell: ")


def test_few_months_say_that_they_are_few() -> None:
    found = directions(panel([40] * 5, {"booking": [1] * 5}), ())["booking"]
    assert isinstance(found, NotObservable)
    assert "5 whole months" in found.reason


def test_one_month_is_said_to_be_one() -> None:
    found = directions(panel([200], {}), ())["fees"]
    assert isinstance(found, NotObservable) and found.reason == "Only 1 whole month is covered; 6 are needed."


def test_without_a_direction_the_months_and_the_rule_are_named() -> None:
    found = directions(panel([40] * 12, {"booking": [4] * 12, "fees": [1, *[0] * 11]}), ())
    booking, fees = found["booking"], found["fees"]
    assert not isinstance(booking, NotObservable) and not isinstance(fees, NotObservable)
    assert booking.trend == "steady" and booking.doubt is not None and "can be chance" in booking.doubt
    assert fees.doubt is not None and "Fewer than 8 reviews" in fees.doubt
    assert booking.months is not None
    (first, last), (earlier, before) = booking.months
    assert earlier < before < first < last


def test_a_quiet_business_is_compared_over_longer_windows() -> None:
    volume = [12] * 24
    assert only(directions(panel(volume, {"booking": [1] * 24}), ())["booking"]).now.n == 144


def test_the_figures_carry_the_reviews_behind_them() -> None:
    volume = [100] * 12
    booking = only(directions(panel(volume, {"booking": [5] * 12}), ())["booking"])
    assert (len(booking.now.evidence), booking.now.n) == (30, 600)
    assert (len(booking.before.evidence), booking.before.n) == (30, 600)


def test_the_scan_claims_no_more_than_its_chance() -> None:
    rng = np.random.default_rng(4)
    n = np.full(24, 80.0)
    found = [scan(rng.binomial(80, 0.08, size=24).astype(float), n, side=3, latest=12) for _ in range(1000)]
    assert sum(one is not None and one.p < 0.05 for one in found) <= 60


def test_failings_that_go_together_share_no_chance_that_one_of_them_would_have() -> None:
    rng = np.random.default_rng(9)
    n = np.full(24, 80.0)
    one = rng.binomial(80, 0.08, size=(1, 24)).astype(float)
    apart = rng.binomial(80, 0.08, size=(20, 24)).astype(float)
    alone, together, many = (
        rare(hits, n, side=3, latest=12, usual=1.0, chance=0.04) for hits in (one, np.repeat(one, 20, axis=0), apart)
    )
    assert together == alone
    assert many < alone / 2


def test_however_restless_the_months_are_no_more_audits_claim_a_change_than_are_allowed() -> None:
    rng = np.random.default_rng(11)
    claimed = 0
    for _ in range(200):
        n = rng.poisson(100, 24).astype(float)
        hits = rng.binomial(n.astype(int), rng.beta(3, 47, size=(10, 24))).astype(float)
        least = rare(hits, n, side=3, latest=12, usual=1.0, chance=0.04)
        found = [scan(own, n, side=3, latest=12) for own in hits]
        claimed += any(one is not None and one.p < least for one in found)
    assert claimed <= 14
