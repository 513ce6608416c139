"""The months before a day and after it, to the month and to the review."""

from __future__ import annotations

import pytest

from audits.analysis.sides import Course, Sides, sides
from audits.analysis.values import FlowBreak
from tests.audits.analysis.made import BUSINESS, panel


def found(day: str, volume: list[int], breaks: str | None = None) -> Sides | str:
    told = FlowBreak(month=breaks or "", kind="volume", before=10, after=50, sentence="More came.")
    course = Course(panels={BUSINESS: panel(volume, {})}, audited=BUSINESS, breaks={BUSINESS: [told] if breaks else []})
    return sides(course, day)


def test_twelve_months_at_most_lie_on_each_side_and_the_first_of_a_month_begins_it() -> None:
    held = found("2023-02-01", [30] * 30)
    assert isinstance(held, Sides) and held.names == (("2022-02", "2023-01"), ("2023-02", "2024-01"))
    held = found("2023-02-02", [30] * 30)
    assert isinstance(held, Sides) and held.names == (("2022-02", "2023-01"), ("2023-03", "2024-02"))


@pytest.mark.parametrize(
    ("volume", "told"), [([15, 15, 15, 15], True), ([15, 14, 15, 15], False), ([15, 15, 15, 14], False)]
)
def test_thirty_reviews_on_each_side_are_enough(volume: list[int], told: bool) -> None:
    held = found("2022-03-01", volume)
    assert isinstance(held, Sides) is told
    assert told or "too few reviews to tell" in str(held)


def test_a_break_in_the_last_month_before_the_day_leaves_that_month_alone() -> None:
    held = found("2022-07-01", [30] * 12, breaks="2022-06")
    assert isinstance(held, Sides) and held.names[0] == ("2022-06", "2022-06")


def test_where_a_break_before_the_day_leaves_too_few_reviews_it_is_named() -> None:
    assert found("2022-07-01", [29] * 12, breaks="2022-06") == (
        "There are too few reviews to tell: 29 before and 174 after; 30 on each side are needed. More came."
    )
    assert str(found("2022-07-01", [1] * 12)).endswith("are needed.")


def test_reviews_of_a_side_are_told_as_every_count_is() -> None:
    assert str(found("2022-07-01", [600] * 5 + [600, 0])).startswith("There are too few reviews to tell: 3,600 before")


def test_a_break_in_the_month_of_the_day_or_in_the_last_one_after_it_leaves_nothing_to_compare() -> None:
    for month in ("2022-07", "2022-12"):
        assert found("2022-07-10", [30] * 12, breaks=month) == (
            "More came. Reviews before and after July 2022 do not compare."
        )
