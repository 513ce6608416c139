"""Only months that are covered whole are compared."""

from __future__ import annotations

from audits.analysis.measures import Capture, Measures
from audits.analysis.months import UNKNOWN, month_name, month_number, span_in_months, whole_months
from audits.analysis.values import Figure
from tests.audits.analysis.made import days, measured, months, neutral, review, says


def test_a_month_that_the_data_enters_half_way_is_not_whole() -> None:
    dated = [*days("2024-01", 30)[15:], *days("2024-02", 30), *days("2024-03", 30), *days("2024-04", 30)[:5]]
    assert _names(whole_months(dated)) == ("2024-02", "2024-03")


def test_a_quiet_business_keeps_a_month_whose_last_review_is_early() -> None:
    assert _names(whole_months(["2024-01-20", "2024-02-10", "2024-03-15"])) == ("2024-01", "2024-03")


def test_a_date_known_to_the_year_is_in_no_month() -> None:
    assert month_number("2024-01-01", "year") == UNKNOWN
    assert month_number(None) == UNKNOWN
    assert month_name(month_number("2024-12-31", "month")) == "2024-12"


def test_one_date_that_is_known_to_the_day_does_not_hide_the_months_that_are_known_of_others() -> None:
    by_month = [
        review(20 * at + number, day=f"{month}-01", posted_precision="month")
        for at, month in enumerate(months("2022-07", 24))
        for number in range(20)
    ]
    for rows in (by_month, [*by_month, review(999, day="2024-06-27")]):
        found = measured(rows, [neutral(one) for one in rows])
        assert isinstance(found.measures, Measures) and isinstance(found.measures.capture, Capture)
        lately, before = found.measures.capture.flow
        assert lately.name == "The last 6 whole months"
        assert isinstance(before.figure, Figure) and before.figure.value == 20


def test_reviews_a_month_are_counted_over_the_whole_of_months_and_years_that_are_all_that_is_known() -> None:
    assert _a_month(days_of=[f"{month}-01" for month in months("2024-01", 3)], precision="month") == 20.1
    assert _a_month(days_of=["2023-01-01", "2024-01-01"], precision="year", seen="2025-02-01") == 2.5
    assert _a_month(days_of=["2023-01-01", "2024-01-01"], precision="year", seen="2024-06-30") == 3.3, (
        "not later than seen"
    )


def test_a_year_is_twelve_months() -> None:
    assert round(span_in_months("2023-01-01", "2023-12-31")) == 12
    assert months("2023-11", 3) == ["2023-11", "2023-12", "2024-01"]


def _a_month(*, days_of: list[str], precision: str, seen: str = "2024-07-01") -> float:
    """Reviews a month with a queue, of sixty that report one, spread over these dates."""
    held = [review(at, day=days_of[at % len(days_of)], posted_precision=precision, first_seen=seen) for at in range(60)]
    (leak,) = measured(held, [says(one, "We queued.", "queue") for one in held]).leaks
    assert isinstance(leak.per_month, Figure)
    return round(leak.per_month.value, 1)


def _names(span: tuple[int, int] | None) -> tuple[str, str]:
    assert span is not None
    return month_name(span[0]), month_name(span[1])
