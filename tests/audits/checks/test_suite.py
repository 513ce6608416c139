"""The suite fails on no rows and on no values, and says what a failure means (ACCEPTANCE b16, b17, c25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from audits.checks.frame import COLUMNS, as_frame
from audits.checks.marks import MEASURED, marks
from audits.checks.suite import staged_suite
from audits.checks.validate import met
from spiders.items import Dated, Review
from tests.audits.checks.landed import checked, good, result, runs
from tests.audits.store.conftest import landing, review


def test_good_reviews_pass_with_the_verdict_they_came_with() -> None:
    gate = checked(good())
    assert gate.verdict == landing().verdict
    assert not gate.held
    assert (gate.quarantined, gate.sentences) == ((), ())
    assert all(success for _, success, _ in gate.results)
    assert result(gate, "rows") == (True, 40.0)


def test_no_rows_fail_the_suite() -> None:
    gate = checked([])
    assert result(gate, "rows") == (False, 0.0)
    assert gate.verdict.name == "failed"


def test_no_cards_where_the_site_counts_some_is_drift() -> None:
    assert checked([], declared_total=200).verdict.name == "drifted"


@pytest.mark.parametrize(
    ("emptied", "name"),
    [({"rating": None}, "filled:rated"), ({"title": None, "text": " "}, "filled:said")],
)
def test_a_column_that_is_all_null_fails_the_suite(emptied: dict[str, object], name: str) -> None:
    gate = checked([replace(each, **emptied) for each in good()])  # type: ignore[arg-type]  # fields vary by case
    assert result(gate, name) == (False, 0.0)
    assert gate.verdict.name == "drifted"


def test_a_single_review_is_a_whole_landing() -> None:
    gate = checked(good(1))
    assert (gate.verdict, gate.sentences) == (landing().verdict, ())


def test_a_few_reviews_of_stars_alone_are_no_drift() -> None:
    gate = checked([replace(each, title=None, text=None) for each in good(5)])
    assert gate.verdict.name == "complete"
    assert gate.sentences == ("Next to no review has any words.",)


def test_a_recommendation_stands_for_a_rating() -> None:
    gate = checked([replace(each, rating=None, recommended=True) for each in good()])
    assert gate.verdict.name == "complete"


def test_posts_of_a_channel_without_stars_are_no_drift() -> None:
    gate = checked([replace(each, rating=None, attributes={"channel": "posts"}) for each in good()])
    assert (gate.verdict.name, result(gate, "filled:rated")[0]) == ("complete", True)


def test_a_column_too_few_fails_the_suite() -> None:
    suite = staged_suite(rows=1, minimum=1, latest=None, always_present=(), history=())
    frame = as_frame([marks(each) for each in good(1)]).drop(columns=["location"])
    failed = [each.name for each, success in zip(suite, met(suite, frame), strict=True) if not success]
    assert failed == ["columns", "filled:location"]


@pytest.mark.parametrize(
    "fine", [{"posted": Dated(on="2024-02-02")}, {"posted": Dated()}, {"text": None}, {"rating": None}]
)
def test_a_row_that_is_only_unusual_is_not_set_aside(fine: dict[str, object]) -> None:
    assert checked([*good(99), review("odd", **fine)]).quarantined == ()


def test_many_ratings_off_the_scale_are_drift() -> None:
    gate = checked([*good(90), *[review(f"b{each}", rating=8.0) for each in range(10)]])
    assert gate.verdict.name == "drifted"
    assert result(gate, "range:rating") == (False, 0.9)


def test_many_dates_in_the_future_are_held_because_day_and_month_may_be_swapped() -> None:
    gate = checked([*good(90), *[review(f"b{each}", posted=Dated(on="2024-11-05")) for each in range(10)]])
    assert gate.held
    assert gate.verdict.name == "complete"


@pytest.mark.parametrize(("always", "verdict"), [(("title",), "drifted"), ((), "complete")])
def test_a_missing_field_is_drift_only_where_the_site_says_every_review_has_it(
    always: Sequence[str], verdict: str
) -> None:
    assert checked([replace(each, title=None) for each in good()], always=always).verdict.name == verdict


def test_a_field_that_is_filled_less_than_before_gets_a_sentence_and_no_more() -> None:
    gate = checked([replace(each, location=None) for each in good()], runs(40, 40, location=1.0))
    assert gate.verdict.name == "complete"
    assert gate.sentences == ("location is filled much less often than in earlier runs (100%).",)


def test_a_run_is_not_held_against_what_it_filled_itself() -> None:
    itself = [replace(runs(40, location=1.0)[0], landing="l1")]
    assert checked([replace(each, location=None) for each in good()], itself).sentences == ()


def test_most_rows_sharing_ids_is_a_list_that_repeats() -> None:
    assert checked(good(30) * 2).verdict.name == "drifted"


def test_the_frame_has_the_columns_that_the_suite_expects() -> None:
    assert tuple(as_frame([marks(each) for each in good(2)]).columns) == COLUMNS
    assert {each for each in MEASURED if each != "posted"} <= set(Review.__slots__)
