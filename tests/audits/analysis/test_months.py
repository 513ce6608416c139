"""Only months that are covered whole are compared."""

from __future__ import annotations

from audits.analysis.months import UNKNOWN, month_name, month_number, span_in_months, whole_months
from tests.audits.analysis.made import days, months


def test_a_month_that_the_data_enters_half_way_is_not_whole() -> None:
    dated = [*days("2024-01", 30)[15:], *days("2024-02", 30), *days("2024-03", 30), *days("2024-04", 30)[:5]]
    assert _names(whole_months(dated)) == ("2024-02", "2024-03")


def test_a_quiet_business_keeps_a_month_whose_last_review_is_early() -> None:
    assert _names(whole_months(["2024-01-20", "2024-02-10", "2024-03-15"])) == ("2024-01", "2024-03")


def test_a_date_known_to_the_year_is_in_no_month() -> None:
    assert month_number("2024-01-01", "year") == UNKNOWN
    assert month_number(None) == UNKNOWN
    assert month_name(month_number("2024-12-31", "month")) == "2024-12"


def test_a_year_is_twelve_months() -> None:
    assert round(span_in_months("2023-01-01", "2023-12-31")) == 12
    assert months("2023-11", 3) == ["2023-11", "2023-12", "2024-01"]


def _names(span: tuple[int, int] | None) -> tuple[str, str]:
    assert span is not None
    return month_name(span[0]), month_name(span[1])
