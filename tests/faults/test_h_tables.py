"""ACCEPTANCE h54: workbooks and JSON as they are handed in, and voices without stars."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from spiders.intake.errors import IntakeError
from tests.faults.test_h_intake import landed, rejects

HEADER = ["Review ID", "Date", "Rating", "Review text", "Branch"]


def book(path: Path, rows: list[list[Any]], **sheets: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.active.title = "Reviews"
    for row in rows:
        made.active.append(row)
    for title, others in sheets.items():
        sheet = made.create_sheet(title)
        for row in others:
            sheet.append(row)
    made.save(path)
    return path


def test_a_workbook_reads_dates_stars_and_texts_as_they_are_shown(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["x1", datetime(2024, 3, 13), 5, "The soup was warm and the bread was fresh", "North"],
        ["x2", date(2024, 3, 14), 4.5, "The bill came before the soup was served", "South"],
        ["x3", 45366, 1, "Nobody answered the telephone all day long", "South"],
    ]
    landing, found = landed(tmp_path / "l", book(tmp_path / "e.xlsx", rows, Notes=[["not a table"]]))
    told = [(each.id, each.posted.on, each.rating_raw, each.location) for each in found]
    assert told == [
        ("x1", "2024-03-13", "5", "North"),
        ("x2", "2024-03-14", "4.5", "South"),
        ("x3", "2024-03-15", "1", "South"),
    ]
    assert landing.verdict.name == "complete" and "sheet 'Reviews'" in landing.mapping["files"][0]["how"]["encoding"]


def test_formulas_give_their_values_and_an_error_of_one_is_no_value(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "e.xlsx") as made:
        sheet = made.add_worksheet("Reviews")
        sheet.write_row(0, 0, HEADER)
        for row, (stars, branch) in enumerate([(5, "North"), (1, "#N/A")], start=1):
            sheet.write_row(row, 0, [f"x{row}", f"2024-03-1{row}"])
            sheet.write_formula(row, 2, "=2+3", None, stars)
            sheet.write(row, 3, "The soup was cold again this week")
            sheet.write_formula(row, 4, "=VLOOKUP(1,A:B,2)", None, branch)
    _, found = landed(tmp_path / "l", tmp_path / "e.xlsx")
    assert [(each.rating, each.location) for each in found] == [(5.0, "North"), (1.0, None)]


def test_merged_cells_hold_for_every_row_they_span_and_make_no_review(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "e.xlsx") as made:
        sheet = made.add_worksheet("Reviews")
        sheet.merge_range("A1:E1", "Reviews of the year")
        sheet.write_row(2, 0, HEADER)
        sheet.merge_range("E4:E5", "Harbour")
        for row, stars in enumerate([5, 1, 3], start=3):
            sheet.write_row(row, 0, [f"x{row}", f"2024-03-1{row}", stars, f"The soup was cold on visit number {row}"])
        sheet.write(5, 4, "Hill")
        for column in range(5):
            sheet.merge_range(
                6, column, 7, column, ["x9", "2024-03-19", 2, "The bill was wrong once more", "Hill"][column]
            )
    _, found = landed(tmp_path / "l", tmp_path / "e.xlsx")
    assert [each.location for each in found] == ["Harbour", "Harbour", "Hill", "Hill"]


def locked(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4000)
    return path


def cut(path: Path) -> Path:
    book(path, [HEADER, ["x1", date(2024, 3, 13), 5, "The soup was warm", "North"]])
    path.write_bytes(path.read_bytes()[:-400])
    return path


def no_book(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    return path


def bomb(path: Path) -> Path:
    book(path, [HEADER, ["x1", date(2024, 3, 13), 5, "The soup was warm", "North"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/more.bin", b"\x00" * 300_000_000)
    return path


def two(path: Path) -> Path:
    rows = [HEADER, ["x1", date(2024, 3, 13), 5, "The soup was warm", "North"]]
    return book(path, rows, Other=rows)


def entity(path: Path) -> Path:
    book(path, [HEADER, ["x1", date(2024, 3, 13), 5, "The soup was warm", "North"]])
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    bad = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    held["xl/worksheets/sheet1.xml"] = bad + held["xl/worksheets/sheet1.xml"].partition(b"?>")[2]
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in held.items():
            archive.writestr(name, body)
    return path


@pytest.mark.parametrize(
    ("made", "reason", "step"),
    [
        (locked, "password", "without a password"),
        (cut, "cannot be read", "save it again"),
        (no_book, "cannot be read", "save it again"),
        (bomb, "unpacks to 300", "as CSV"),
        (two, "several sheets hold rows: 'Reviews', 'Other'", 'sheet = "Reviews"'),
        (entity, "cannot be read", "save it again"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_a_sentence(tmp_path: Path, made: Any, reason: str, step: str) -> None:
    with pytest.raises(IntakeError) as refused:
        landed(tmp_path / "l", made(tmp_path / "e.xlsx"))
    assert (
        str(refused.value).startswith("e.xlsx: ") and reason in refused.value.reason and step in refused.value.next_step
    )
    assert not (tmp_path / "l").exists()


def test_the_listing_names_the_sheet(tmp_path: Path) -> None:
    assert len(landed(tmp_path / "l", two(tmp_path / "e.xlsx"), sheet="other")[1]) == 1
    with pytest.raises(IntakeError, match="no sheet 'third'; the sheets are 'Reviews', 'Other'"):
        landed(tmp_path / "m", tmp_path / "e.xlsx", sheet="third")


RECORDS = [
    {"id": f"x{at}", "date": f"2024-03-{at:02d}", "rating": 1 + at % 5, "text": f"The soup was cold on visit {at}",
     "author": {"name": f"Person {at}"}, "place": {"city": "North" if at % 2 else "South"}}
    for at in range(1, 29)
]  # fmt: skip


@pytest.mark.parametrize("form", ["list", "inside", "lines", "deep"])
def test_json_reads_the_same_in_every_form(tmp_path: Path, form: str) -> None:
    file = tmp_path / ("e.jsonl" if form == "lines" else "e.json")
    whole: dict[str, Any] = {
        "list": RECORDS, "inside": {"total": 28, "reviews": RECORDS}, "deep": {"data": {"page": 1, "items": RECORDS}},
    }  # fmt: skip
    file.write_text("\n".join(map(json.dumps, RECORDS)) if form == "lines" else json.dumps(whole[form], indent=1))
    landing, found = landed(tmp_path / "l", file)
    assert [each.id for each in found] == [f"x{at}" for at in range(1, 29)]
    assert found[0].rating == 2.0 and found[0].posted.on == "2024-03-01"
    assert {each.attributes.get("place_city") for each in found} == {"North", "South"}
    assert landing.verdict.name == "complete"


def test_who_answered_a_review_and_what_was_made_of_it_are_no_groups_of_its_writers(tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    answered = [
        {
            **each,
            "ownerResponse": {"responder": "Desk" if at % 2 else "Manager", "text": f"We are sorry for visit {at}"},
        }
        for at, each in enumerate(RECORDS)
    ]
    file.write_text(json.dumps(answered))
    _, found = landed(tmp_path / "l", file)
    assert {name for each in found for name in each.attributes} == {"place_city"}


def test_a_column_that_only_later_records_have_is_read(tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    file.write_text(json.dumps([*RECORDS[:5], *({**each, "title": "Well"} for each in RECORDS[5:])]))
    _, found = landed(tmp_path / "l", file)
    assert [each.title for each in found][4:6] == [None, "Well"]


def test_spoilt_lines_are_counted_with_their_number(tmp_path: Path) -> None:
    file = tmp_path / "e.jsonl"
    lines = [json.dumps(each) for each in RECORDS]
    lines[3], lines[7] = lines[3][:20], "[1, 2]"
    file.write_text("\n".join(lines))
    landing, found = landed(tmp_path / "l", file)
    assert len(found) == 26 and landing.rejects == 2
    assert [(each["line"], each["reason"]) for each in rejects(tmp_path / "l")] == [
        (4, "is no JSON object on one line"),
        (8, "is no object with named values"),
    ]


def test_a_json_file_that_breaks_off_lands_what_stands_before(tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    file.write_text(json.dumps(RECORDS)[:-150])
    landing, found = landed(tmp_path / "l", file)
    assert len(found) == 27 and landing.rejects == 1 and "breaks off" in rejects(tmp_path / "l")[0]["reason"]
    assert landing.verdict.name == "partial" and "breaks off at record 28" in landing.verdict.reason


def test_several_lists_of_records_are_asked_about(tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    file.write_text(json.dumps({"reviews": RECORDS, "places": [{"name": "North"}]}))
    with pytest.raises(IntakeError, match="several lists hold records: 'reviews', 'places'"):
        landed(tmp_path / "l", file)
    assert len(landed(tmp_path / "l", file, sheet="reviews")[1]) == 28


def test_survey_comments_without_stars_are_other_voices(tmp_path: Path) -> None:
    file = tmp_path / "survey.json"
    answers = [
        {"submitted_at": "2024-03-13", "comment": f"The form asked for the same twice, visit {at}"} for at in range(9)
    ]
    file.write_text(json.dumps({"responses": answers}))
    with pytest.raises(IntakeError, match="the rating"):
        landed(tmp_path / "l", file)
    landing, found = landed(tmp_path / "l", file, columns={"rating": "none"}, channel="survey")
    assert {(each.rating, each.rating_raw, each.attributes["channel"]) for each in found} == {(None, None, "survey")}
    assert len(found) == 9 and landing.verdict.name == "complete" and not landing.problems


def test_what_google_hands_an_owner_is_read_with_its_days_and_replies(tmp_path: Path) -> None:
    said = {"reviewer": {"displayName": "Ann Example"}, "comment": "The soup was cold", "name": "accounts/1/reviews/2"}
    said |= {"createTime": "2024-03-13T10:00:00.1Z", "reviewReply": {"comment": "Sorry", "updateTime": "2024-03-14"}}
    file = tmp_path / "reviews.json"
    file.write_text(
        json.dumps(
            {"reviews": [said | {"starRating": stars, "comment": f"It was {stars}"} for stars in ("ONE", "FIVE")]}
        )
    )
    _, [found, _] = landed(tmp_path / "l", file)
    assert (found.rating, found.posted.on, found.author_key is not None) == (1.0, "2024-03-13", True)
    assert found.reply is not None and (found.reply.text, found.reply.posted.on) == ("Sorry", "2024-03-14")
