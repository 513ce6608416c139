"""ACCEPTANCE h53: which scale a column of ratings is on, where the data proves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from spiders.intake.export import IntakeError
from tests.faults.test_h_intake import HEADER, export, landed, written


@pytest.mark.parametrize(
    ("marks", "scale", "first"),
    [
        (["5 stars", "4 stars", "1 star"], "1-5", 5.0),
        (["4,5", "5", "1"], "1-5", 4.5),
        (["9", "10", "0", "7", "8"], "0-10", 4.6),
        (["10/10", "4/10"], "1-10", 5.0),
        (["80", "100", "35"], "0-100", 4.2),
        (["80%", "20%"], "0-100", 4.2),
        (["★★★★☆", "★☆☆☆☆"], "1-5", 4.0),
        (["⭐\ufe0f" * 4, "⭐\ufe0f" * 5, "⭐"], "1-5", 4.0),
        (["5.0 star rating", "4 stars out of 5", "1.0 star rating"], "1-5", 5.0),
        (["FOUR", "FIVE", "ONE"], "1-5", 4.0),
    ],
)
def test_a_scale_is_proved_by_its_values(tmp_path: Path, marks: list[str], scale: str, first: float) -> None:
    rows = [f'x{at},2024-03-13,"{mark}",t,Some text number {at},a' for at, mark in enumerate(marks)]
    _, found = landed(tmp_path / "l", written(tmp_path, export(*rows)))
    assert {each.rating_scale for each in found} == {scale}
    assert found[0].rating == first


def test_a_workbooks_percentages_are_shares_of_one_asked_for_or_not(tmp_path: Path) -> None:
    rows = [f"x{at},2024-03-13,{mark},t,Some text number {at},a" for at, mark in enumerate(["0.8", "1", "0.2", "0"])]
    file = written(tmp_path, export(*rows))
    for at, scale in enumerate((None, 1.0)):
        _, found = landed(tmp_path / str(at), file, scale=scale)
        assert [(each.rating, each.rating_scale) for each in found[:2]] == [(4.2, "0-1"), (5.0, "0-1")]


def test_thumbs_are_a_recommendation_and_no_rating(tmp_path: Path) -> None:
    rows = ["x1,2024-03-13,yes,The soup was cold", "x2,2024-03-14,no,The soup was warm"]
    _, found = landed(tmp_path / "l", written(tmp_path, export(*rows, header="id,date,recommended,text")))
    assert [(each.rating, each.recommended) for each in found] == [(None, True), (None, False)]


def changing(days: int, since: int, *, form: bool, until: int = 10_000) -> Iterator[str]:
    """An export whose marks run to 5, and to 10 from day `since` on; `form` adds a column that begins on that day."""
    for at in range(days):
        day = date(2023, 1, 1) + timedelta(days=at)
        new = since <= at < until
        mark = (at * 7) % 10 + 1 if new else at % 5 + 1
        yield f"x{at},{day},{mark},t,Some text number {at},a" + (f",{'Solo' if new else ''}" if form else "")


@pytest.mark.parametrize("form", [True, False])
def test_two_scales_in_one_column_are_split_at_the_day_the_data_proves(tmp_path: Path, form: bool) -> None:
    header = HEADER + (",traveller" if form else "")
    _, found = landed(tmp_path / "l", written(tmp_path, export(*changing(600, 500, form=form), header=header)))
    scales = [each.rating_scale for each in found]
    assert scales[:480] == ["1-5"] * 480
    assert set(scales[505:]) == {"1-10"}
    doubtful = [each for each in found if each.rating_scale is None]
    # Without a column that changed with the form the few rows next to the change stay unrated, raw value kept.
    assert (len(doubtful) == 0) == form
    assert len(doubtful) < 20 and all(each.rating is None and each.rating_raw for each in doubtful)


def test_a_scale_that_changes_and_changes_back_is_split_on_both_sides(tmp_path: Path) -> None:
    rows = changing(700, 300, form=False, until=400)
    _, found = landed(tmp_path / "l", written(tmp_path, export(*rows)))
    scales = [each.rating_scale for each in found]
    assert set(scales[:270]) == set(scales[430:]) == {"1-5"}
    assert set(scales[305:395]) == {"1-10"}


@pytest.mark.parametrize("strays", [3, 40])
def test_high_marks_that_no_date_divides_are_refused_not_rescaled(tmp_path: Path, strays: int) -> None:
    rows = [f"x{at},{date(2023, 1, 1) + timedelta(days=at)},{at % 5 + 1},t,Some text {at},a" for at in range(600)]
    for at in range(strays):
        place = at * 600 // strays
        rows[place] = rows[place].replace(f",{place % 5 + 1},t", ",9,t")
    with pytest.raises(IntakeError, match="two scales"):
        landed(tmp_path / "l", written(tmp_path, export(*rows)))
