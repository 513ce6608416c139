"""Numbers and dates read alike everywhere."""

from __future__ import annotations

import pytest

from audits.analysis.severity import raised_until
from audits.analysis.values import Figure, NotObservable, Unit
from audits.report.quotes import around, cut
from audits.report.words import because, between, day, decimal, lower_first, with_span


def figure(value: float, low: float | None, high: float | None, unit: Unit) -> Figure:
    return Figure(value=value, unit=unit, n=100, method="share", low=low, high=high)


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "says"),
    [
        (0.12, 0.09, 0.15, "share", "12 in 100 (9–15)"),
        (0.012, 0.005, 0.024, "share", "1.2 in 100 (0.5–2.4)"),
        (0.0004, 0.0001, 0.001, "share", "0.04 in 100 (0.01–0.10)"),
        (0.0, 0.0, 0.01, "share", "0 in 100 (0–1)"),
        (0.0, 0.0, 0.0037, "share", "0 in 100 (0–0.4)"),
        (0.0, 0.0, 0.0002, "share", "0 in 100 (0–0.02)"),
        (0.001, 0.0, 0.0056, "share", "0.1 in 100 (0–0.6)"),
        (0.0, -0.002, 0.003, "points", "0 in 100 (−0.2 to 0.3)"),
        (0.001, 0.0002, 0.004, "stars", "0.001 stars (0.000–0.004)"),
        (14.2, 11.1, 17.3, "reviews a month", "14 a month (11–17)"),
        (0.7, 0.4, 1.1, "reviews a month", "0.7 a month (0.4–1.1)"),
        (0.05, -0.02, 0.11, "points", "+5 in 100 (−2 to 11)"),
        (-0.05, -0.08, -0.02, "points", "−5 in 100 (−8 to −2)"),
        (-0.0006, -0.1259, 0.1265, "points", "0 in 100 (−13 to 13)"),
        (0.0006, -0.1259, 0.1265, "points", "0 in 100 (−13 to 13)"),
        (0.24, 0.2, 0.3, "stars", "0.24 stars (0.20–0.30)"),
        (3, None, None, "reviews", "3 reviews"),
        (1, None, None, "reviews", "1 review"),
        (1234, None, None, "reviews", "1,234 reviews"),
    ],
)
def test_a_figure_is_said_with_unit_and_interval(
    value: float, low: float | None, high: float | None, unit: Unit, says: str
) -> None:
    assert with_span(figure(value, low, high, unit)) == says


def test_nought_has_no_sign() -> None:
    assert decimal(-0.001, 2) == "0.00" and decimal(-1.5, 1) == "−1.5"


@pytest.mark.parametrize(
    ("text", "precision", "says"),
    [
        ("2026-06-30", "day", "30 June 2026"),
        ("2026-06-30T21:00:00+00:00", None, "30 June 2026"),
        ("2026-06-01", "month", "June 2026"),
        ("2026-06", None, "June 2026"),
        ("2026-01-01", "year", "2026"),
        ("2026-06-22", "week", "week of 22 June 2026"),
        (None, None, "undated"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(text: str | None, precision: str | None, says: str) -> None:
    assert day(text, precision) == says


def test_a_reason_becomes_a_sentence_and_a_name_keeps_its_letter() -> None:
    assert because(NotObservable(reason="Too few reviews.")) == "Not observable because too few reviews."
    assert (
        because(NotObservable(reason="What came lately is lower."))
        == "Not observable because what came lately is lower."
    )
    assert lower_first("Spot received more.") == "Spot received more."


def test_a_grave_case_is_cut_so_that_what_makes_it_one_is_read() -> None:
    text = f"{'We waited and waited for weeks ' * 6} until we had to hire a lawyer and sue them."
    told = around(text, raised_until(text, "grave"))
    assert told.startswith("…") and told.endswith("lawyer and sue them.") and len(told.split()) == 25
    assert around("Our lawyer sued them.", 10) == "Our lawyer sued them."


def test_a_quote_is_cut_after_25_words() -> None:
    assert cut("one  two\nthree") == "one two three"
    long = cut(" ".join(["word,"] * 40))
    assert len(long.split()) == 25 and long.endswith("word…")


def test_a_span_that_begins_and_ends_in_one_month_or_on_one_day_names_it_once() -> None:
    assert between("2022-09", "2022-10") == "September 2022 to October 2022"
    assert (
        between("2022-09", "2022-09") == "September 2022" and between("2022-09-01", "2022-09-01") == "1 September 2022"
    )
