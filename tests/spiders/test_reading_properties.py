"""Dates, ratings and text hold their promises for whatever a page may say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from spiders.dates import FIRST, dated, since_epoch
from spiders.parse import clean, rating

DAYS = st.dates(min_value=FIRST, max_value=date(2026, 1, 1))
FETCHED = "2026-01-01T12:00:00Z"
ANYTHING = st.text(max_size=200) | st.none() | st.integers() | st.floats() | st.booleans()
SCALES = st.sampled_from(["1-5", "0-10", "1-10", "0-100", "0-5"])


@given(DAYS, st.sampled_from(["DMY", "MDY"]), st.sampled_from("/.-"))
def test_a_written_day_is_read_as_that_day_in_its_order(day: date, order: str, mark: str) -> None:
    parts = (day.day, day.month) if order == "DMY" else (day.month, day.day)
    raw = mark.join(f"{part:02d}" for part in (*parts, day.year))
    assert dated(raw, order=order, fetched_at=FETCHED)[0].on == day.isoformat()
    assert dated(day.isoformat(), fetched_at=FETCHED)[0].on == day.isoformat()
    assert dated(raw, fetched_at=FETCHED)[0].on is None, "without an order nothing is guessed"


@given(ANYTHING)
def test_a_date_is_read_or_kept_raw_with_a_problem_and_never_in_the_future(raw: object) -> None:
    found, problem = dated(raw, order="DMY", fetched_at=FETCHED)
    assert (found.on is None) or (FIRST.isoformat() <= found.on <= "2026-01-02" and problem is None)
    assert found.raw is None or found.on or problem


@given(st.integers(1, 59), st.sampled_from(["minute", "hour", "day", "week", "month", "year"]), st.integers(0, 400))
def test_a_later_fetch_never_moves_a_relative_date_before_an_earlier_one(count: int, unit: str, days: int) -> None:
    first = datetime(2024, 3, 1, 12, tzinfo=UTC)
    said = f"{count} {unit}s ago"
    early, late = (dated(said, fetched_at=at.isoformat())[0].on for at in (first, first + timedelta(days=days)))
    assert early is None or (late is not None and early <= late)


@given(ANYTHING, st.sampled_from([1, 1000, 10**6]))
def test_a_count_since_1970_is_a_day_or_a_problem(raw: object, ticks: int) -> None:
    found, problem = since_epoch(raw, ticks=ticks, fetched_at=FETCHED)
    assert bool(found.on) != bool(problem) or found.raw is None


@given(ANYTHING, SCALES)
def test_a_rating_is_within_one_and_five_or_none_with_a_problem(raw: object, scale: str) -> None:
    value, problem = rating(raw, scale)
    assert (value is None) or (1.0 <= value <= 5.0 and problem is None)
    assert value is not None or problem or raw is None or not str(raw).strip()


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_better_rating_is_never_read_as_a_worse_one(one: float, other: float) -> None:
    low, high = sorted((round(one, 2), round(other, 2)))
    assert (rating(f"{low:.2f}", "0-100")[0] or 0) <= (rating(f"{high:.2f}", "0-100")[0] or 0)


@given(st.text(alphabet=st.characters(), max_size=300))
def test_cleaned_text_can_be_encoded_anywhere_and_cleaning_again_changes_nothing(raw: str) -> None:
    found = clean(raw, escaped=0)
    if found is not None:
        assert found == found.strip() and found
        assert json.loads(json.dumps(found)) == found and found.encode().decode() == found
        assert not any(ord(letter) < 32 and letter not in "\n" for letter in found)
        assert clean(found, escaped=0) == found
