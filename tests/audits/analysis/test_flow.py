"""A change in how reviews arrive is found; a season, slow growth and ordinary months are not called a change."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from audits.analysis.flow import Arrivals, arrivals, breaks, inside
from audits.analysis.months import month_number
from tests.audits.analysis.made import BUSINESS, days, months, review


def flow(volume: list[int], *, five: float = 0.7, invited: list[float] | None = None) -> Arrivals:
    counts = np.array(volume)
    share = np.array(invited) if invited else np.zeros(len(counts))
    return Arrivals(
        business=BUSINESS,
        start=month_number("2022-01-01"),
        volume=counts,
        rated=counts,
        five=np.round(counts * five).astype(np.int64),
        marked=counts if invited else np.zeros_like(counts),
        invited=np.round(counts * share).astype(np.int64),
    )


def test_a_jump_that_lasts_is_a_break_in_its_first_month() -> None:
    found = breaks(flow([80, 74, 86, 79, 90, 83, 76, 85, 81, 240, 236, 250, 229]))
    assert [(one.month, one.kind) for one in found] == [("2022-10", "volume")]
    assert "about 240 reviews a month, against about 82 before" in found[0].sentence.replace("242", "240")


def test_a_jump_is_seen_as_early_where_only_the_months_of_reviews_are_known() -> None:
    held = [
        f"{month}-01" for month, n in zip(months("2023-01", 12), [20] * 9 + [80] * 3, strict=True) for _ in range(n)
    ]
    rows = [review(at, day=day, posted_precision="month") for at, day in enumerate(held)]
    assert [one.month for one in breaks(arrivals(BUSINESS, rows, "2023-12-31"))] == ["2023-10"]


def test_a_jump_that_leaves_the_five_stars_where_they_were_does_not_set_them_against_each_other() -> None:
    (found,) = breaks(flow([80] * 9 + [240] * 4))
    assert "70% of them gave five stars, as before" in found.sentence and "against 70%" not in found.sentence


def test_a_fall_that_lasts_is_a_break() -> None:
    found = breaks(flow([200, 190, 210, 205, 195, 60, 55, 62, 58]))
    assert [one.month for one in found] == ["2022-06"]


def test_uneven_months_hold_no_break_in_98_of_100_businesses() -> None:
    rng = np.random.default_rng(1)
    mean = rng.gamma(8, 1 / 8, size=(200, 24)) * rng.uniform(10, 200, size=(200, 1))
    broken = sum(bool(breaks(flow(list(row)))) for row in rng.poisson(mean))
    assert broken <= 4


def test_a_season_that_returns_is_no_break() -> None:
    rng = np.random.default_rng(2)
    year = [20, 20, 25, 30, 90, 140, 150, 140, 60, 30, 20, 20]
    assert breaks(flow(list(rng.poisson(year * 3)))) == ()


def test_slow_growth_is_no_break() -> None:
    rng = np.random.default_rng(3)
    assert breaks(flow(list(rng.poisson(20 * 1.05 ** np.arange(48))))) == ()


def test_a_few_reviews_more_are_no_break() -> None:
    assert breaks(flow([1, 2, 1, 2, 1, 2, 6, 5, 6, 7, 6, 5])) == ()


def test_a_change_of_who_is_invited_is_a_break() -> None:
    found = breaks(flow([40] * 12, invited=[0.1] * 6 + [0.6] * 6))
    assert [(one.month, one.kind) for one in found] == [("2022-07", "invited")]
    assert "60% of the reviews" in found[0].sentence


def test_a_smaller_jump_breaks_where_the_five_stars_jump_along() -> None:
    volume = [50, 52, 48, 51, 49, 50, 50, 95, 100, 97, 99]
    plain = flow(volume)
    mixed = np.array([round(count * (0.6 if at < 7 else 0.85)) for at, count in enumerate(volume)])
    assert breaks(plain) == ()
    raised = Arrivals(
        business=plain.business,
        start=plain.start,
        volume=plain.volume,
        rated=plain.rated,
        five=mixed,
        marked=plain.marked,
        invited=plain.invited,
    )
    assert [one.month for one in breaks(raised)] == ["2022-08"]


def test_a_break_parts_only_months_on_both_sides_of_it() -> None:
    found = breaks(flow([80, 74, 86, 79, 90, 83, 76, 85, 81, 240, 236, 250, 229]))
    october = month_number("2022-10-01")
    assert inside(found, october - 3, october) is not None
    assert inside(found, october, october + 3) is None


def test_months_before_the_period_lend_their_rhythm() -> None:
    dated = [day for month in months("2023-01", 18) for day in days(month, 30)]
    held = arrivals(BUSINESS, [review(at, day=day) for at, day in enumerate(dated)], "2024-06-30")
    assert held is not None
    assert list(held.volume) == [30] * 18
    assert breaks(held) == ()


def test_no_dates_hold_no_break() -> None:
    assert breaks(arrivals(BUSINESS, [review(1, day=None)], "2024-06-30")) == ()


@pytest.mark.needs_shared
def test_the_flood_of_september_2023_at_one_insurer_is_found(shared: Path) -> None:
    path = shared / "reviews" / "trustpilot_pet_insurance" / "spot_reviews.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            review(at, day=row["published"][:10], rating=float(row["rating"]))
            for at, row in enumerate(csv.DictReader(file))
        ]
    recent = [one for one in breaks(arrivals(BUSINESS, rows, "2024-04-30")) if one.month >= "2022-01"]
    assert [one.month for one in recent] == ["2023-09"]
    assert recent[0].before == pytest.approx(80, abs=10)
    assert recent[0].after > 380


def test_five_stars_are_what_the_tables_count_as_five() -> None:
    rows = [review(at, day="2024-03-05", rating=rating) for at, rating in enumerate((4.4, 4.5, 4.8, 5.0))]
    held = arrivals(BUSINESS, [*rows, review(9, day="2024-02-05"), review(10, day="2024-04-05")], "2024-04-30")
    assert held is not None and int(held.five[1]) == 3
