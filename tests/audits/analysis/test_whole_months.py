"""Which months are whole is told to the day: by the days that are not seen and the pace of those nearest to them."""

from __future__ import annotations

import pytest

from audits.analysis.months import first_day, last_day, month_name, month_number, span_in_months, whole_months
from audits.analysis.panel import covered
from tests.audits.analysis.made import days, months, review

DENSE = [day for month in ("2024-01", "2024-02", "2024-03") for day in days(month, 31) for _ in range(3)]


def named(dated: list[str]) -> tuple[str, ...]:
    return tuple(map(month_name, whole_months(dated) or ()))


def test_months_that_are_seen_from_their_first_day_to_their_last_are_whole() -> None:
    assert named(DENSE) == ("2024-01", "2024-03")
    assert named([day for day in DENSE if day[:7] == "2024-02"]) == ("2024-02", "2024-02")


@pytest.mark.parametrize(("year", "last"), [(2023, "2023-02"), (2024, "2024-01")])
def test_the_twenty_ninth_of_february_is_missing_in_leap_years_alone(year: int, last: str) -> None:
    seen = [f"{year}-01-{day:02d}" for day in range(1, 32)] + [f"{year}-02-{day:02d}" for day in range(1, 29)]
    assert named(seen * 6) == (f"{year}-01", last)


def test_months_begin_on_the_first_and_end_on_their_last_day() -> None:
    assert [last_day(month_number(day)) for day in ("2024-02-10", "2023-02-10")] == ["2024-02-29", "2023-02-28"]
    december = month_number("2024-12-31")
    assert (first_day(december), last_day(december)) == ("2024-12-01", "2024-12-31")


@pytest.mark.parametrize(("held", "first"), [(8, "2024-01"), (9, "2024-02")])
def test_a_month_of_which_three_reviews_are_likely_missing_is_not_whole(held: int, first: str) -> None:
    early = ["2024-01-31", *[f"2024-04-{day:02d}" for day in range(1, held)]]
    assert named([*early, "2025-06-30"])[0] == first, "thirty days are not seen"
    late = ["2024-05-01", *[f"2024-04-{day:02d}" for day in range(1, held)]]
    assert named(["2023-01-01", *late])[1] == {"2024-01": "2024-05", "2024-02": "2024-04"}[first]


def test_the_pace_is_that_of_the_nearest_ninety_days() -> None:
    busy = ["2024-07-15"] * 400
    assert named(["2024-01-20", *busy, "2024-12-20"]) == ("2024-01", "2024-12")
    assert named(["2024-01-31", *["2024-04-29"] * 20, "2025-12-31"])[0] == "2024-02", "eighty-nine days later counts"
    assert named(["2024-01-31", *["2024-04-30"] * 20, "2025-12-31"])[0] == "2024-01", "ninety days later does not"
    assert named(["2023-01-01", *["2024-02-02"] * 20, "2024-05-01"])[1] == "2024-04"
    assert named(["2023-01-01", *["2024-02-01"] * 20, "2024-05-01"])[1] == "2024-05"


def test_where_both_ends_of_the_only_month_are_missing_none_is_whole() -> None:
    assert named(["2024-01-10", *["2024-01-15"] * 60, "2024-01-20"]) == ()
    assert named([]) == ()


def test_a_span_counts_both_its_days_in_mean_months_and_is_one_month_at_least() -> None:
    assert span_in_months("2024-01-01", "2024-12-31") == pytest.approx(366 / 30.4375)
    assert span_in_months("2024-01-05", "2024-03-04") == pytest.approx(60 / 30.4375)
    assert span_in_months("2024-01-05", "2024-01-05") == 1.0


@pytest.mark.parametrize(
    ("seen", "last"),
    [
        ("2024-06-10", "2024-05"),
        ("2024-06-29", "2024-06"),  # what one day may have held is no matter
        ("2024-07-04", "2024-06"),
        ("2024-06-01", "2024-06"),  # the newest month itself, where nobody knows when it was collected
    ],
)
def test_of_months_alone_the_last_is_not_whole_where_it_was_seen_before_its_end(seen: str, last: str) -> None:
    dated = [f"{month}-01" for month in months("2024-01", 6) for _ in range(4 if month == "2024-06" else 12)]
    held = [
        review(at, day=day, posted_precision="month", first_seen=seen, last_seen=seen) for at, day in enumerate(dated)
    ]
    whole = covered(held)
    assert whole is not None and tuple(map(month_name, whole)) == ("2024-01", last)
