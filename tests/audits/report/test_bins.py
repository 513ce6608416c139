"""A chart over time is drawn in spans that hold enough reviews to mean something."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from audits.report.bins import ratings, shares, span_of
from audits.report.charts import charts
from audits.report.forms import screen
from audits.report.model import RatingMonth
from audits.report.parts import MonthShare
from tests.audits.report import samples
from tests.audits.report.pages import read

YEARS = [f"{year}-{month:02}" for year in range(2019, 2025) for month in range(1, 13)]


def monthly(reviews: int, hits: int = 0) -> list[MonthShare]:
    return [MonthShare(month=name, hits=hits, reviews=reviews, value=None, low=None, high=None) for name in YEARS]


@pytest.mark.parametrize(("reviews", "span"), [(10, "month"), (9, "quarter"), (4, "quarter"), (3, "year"), (1, "year")])
def test_the_shortest_span_that_mostly_holds_ten_reviews_is_drawn(reviews: int, span: str) -> None:
    assert span_of(monthly(reviews)) == span


def test_a_line_has_three_points_at_least_even_where_they_hold_few() -> None:
    assert span_of(monthly(1)[:24]) == "quarter" and span_of(monthly(1)[:4]) == "month"


def test_hits_and_reviews_of_a_span_are_counted_together_with_one_interval() -> None:
    first, *_ = found = shares(monthly(2, hits=1))
    assert [one.month for one in found] == ["2019", "2020", "2021", "2022", "2023", "2024"]
    assert (first.hits, first.reviews, first.value) == (12, 24, 0.5)
    assert first.low is not None and first.high is not None and first.low < 0.5 < first.high


def test_the_mean_of_a_span_weighs_its_months_by_their_reviews() -> None:
    months = [RatingMonth(month=name, reviews=0, mean=None) for name in YEARS]
    months[:2] = [RatingMonth(month="2019-01", reviews=3, mean=5.0), RatingMonth(month="2019-02", reviews=1, mean=1.0)]
    assert ratings(months)[0] == RatingMonth(month="2019", reviews=4, mean=4.0)


def test_the_words_under_a_chart_name_its_span() -> None:
    report = samples.report()
    few = tuple(replace(leak, months=tuple(monthly(2, hits=1))) for leak in report.leaks)
    text = read(screen(replace(report, leaks=few))["report.html"]).text
    assert "reviews in 100 by year, with 95% range" in text and "in 100 by month" not in text
    drawn = charts(replace(report, leaks=few))[f"months-{few[0].gap}"]
    assert re.findall(r">(20\d\d)<", drawn) == [str(year) for year in range(2019, 2025)]
    assert json.loads(screen(replace(report, leaks=few))["report.json"])["leaks"][0]["months"][0]["month"] == "2019-01"
