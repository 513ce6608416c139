"""ACCEPTANCE h57: what stands in an export's column of ids, where it names no review."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.test_h_intake import export, landed, rejects, written


def numbered(start: int, count: int) -> list[str]:
    return [f"x{at},2024-03-13,{1 + at % 5},t,Some text number {at},Person {at}" for at in range(start, start + count)]


@pytest.mark.parametrize("nothing", ["N/A", "n/a", "-", "--", "none", "NULL", "0", "#N/A", "Unknown", "(null)"])
def test_what_stands_for_no_id_makes_no_two_reviews_one(tmp_path: Path, nothing: str) -> None:
    rows = [f"{nothing},2024-04-0{at},2,t,They lost order {at} of mine,Zoe {at}" for at in (1, 2)]
    landing, found = landed(tmp_path / "l", written(tmp_path, export(*numbered(0, 40), *rows)))
    assert (len(found), landing.rejects, landing.problems) == (42, 0, ())
    assert [each.weak_id for each in found[-3:]] == [False, True, True]


@pytest.mark.parametrize("own", ["x10", "100", "NA-7", "a-0", "unknown-3"])
def test_an_id_that_only_looks_a_little_like_none_is_kept(tmp_path: Path, own: str) -> None:
    row = f"{own},2024-04-01,2,t,They lost my order,Zoe"
    _, found = landed(tmp_path / "l", written(tmp_path, export(row, *numbered(500, 9))))
    assert (found[0].id, found[0].weak_id) == (own, False)


def test_rows_of_one_id_with_other_words_are_all_read_and_told(tmp_path: Path) -> None:
    rows = [
        "x7,2024-04-01,1,t,They lost my order,Zoe",
        "x7,2024-04-02,2,t,The soup was cold,Ann",
        "x7,2024-04-01,1,t,They  lost my ORDER,Zoe",
    ]
    landing, found = landed(tmp_path / "l", written(tmp_path, export(*numbered(100, 60), *rows)))
    assert [(each.text, each.weak_id) for each in found[-2:]] == [
        ("They lost my order", False),
        ("The soup was cold", True),
    ]
    assert [each["reason"] for each in rejects(tmp_path / "l")] == ["the same review again"]
    assert landing.problems == (
        "1 rows repeat a review that was read before",
        "1 rows have the id of a row with other words: each is read as a review without an id",
    )


def test_rows_of_one_id_are_the_same_reviews_in_a_second_and_longer_file(tmp_path: Path) -> None:
    rows = [*numbered(100, 60), "x7,2024-04-01,1,t,They lost my order,Zoe", "x7,2024-04-02,2,t,The soup was cold,Ann"]
    first = written(tmp_path, export(*rows))
    longer = written(tmp_path, export(*rows, *numbered(900, 1)), name="longer.csv")
    _, alone = landed(tmp_path / "a", first)
    both, found = landed(tmp_path / "b", first, longer)
    assert len(alone) == 62 and len(found) == 63 and both.mapping["doubles"] == 62
    assert {each.id for each in alone} < {each.id for each in found}


def test_an_edited_review_in_a_second_file_is_no_other_review(tmp_path: Path) -> None:
    first = written(tmp_path, export(*numbered(0, 9), "y,2024-04-01,1,t,They lost my order,Zoe"))
    edited = written(tmp_path, export("y,2024-04-01,4,t,They found my order,Zoe", *numbered(50, 9)), name="later.csv")
    _, found = landed(tmp_path / "l", first, edited)
    assert len(found) == 19
    assert [each.text for each in found if each.id == "y"] == ["They found my order"]


def test_a_row_that_cannot_be_read_in_the_last_file_leaves_the_review_of_the_one_before(tmp_path: Path) -> None:
    first = written(tmp_path, export(*numbered(0, 9), "y,2024-04-01,1,t,They lost my order,Zoe"))
    spoilt = written(tmp_path, export("y,2024-04-01,4", *numbered(50, 9)), name="later.csv")
    landing, found = landed(tmp_path / "l", first, spoilt)
    assert [each.text for each in found if each.id == "y"] == ["They lost my order"]
    assert landing.mapping["read"] == landing.reviews + landing.rejects == 20
