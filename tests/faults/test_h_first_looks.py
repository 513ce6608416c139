"""ACCEPTANCE h51, h52 and h54: what a file and its days are taken for before its rows are read."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from spiders.intake.errors import IntakeError
from spiders.intake.export import propose
from spiders.intake.table import table
from tests.faults.test_h_intake import export, landed, written
from tests.faults.test_h_tables import book


def packed(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "id,rating,text")
    return path


@pytest.mark.parametrize(
    ("name", "members", "reason", "step"),
    [
        ("e.zip", ["reviews.csv"], "this is a ZIP archive", "Unpack it"),
        ("e.zip", ["a/reviews.CSV", "b.xlsx"], "holds 2 exports", "Unpack it"),
        ("e.csv", ["reviews.csv"], "this is a ZIP archive", "Unpack it"),
        ("e.zip", ["readme"], "this is a ZIP archive", "CSV, XLSX or JSON"),
        ("e.ods", ["mimetype", "content.xml", "META-INF/manifest.xml"], "OpenDocument", "save it as CSV or .xlsx"),
        ("e.xlsx", ["mimetype", "content.xml", "META-INF/manifest.xml"], "OpenDocument", "save it as CSV or .xlsx"),
    ],
)
def test_an_archive_or_another_kind_of_sheet_is_named_with_what_to_do(
    tmp_path: Path, name: str, members: list[str], reason: str, step: str
) -> None:
    with pytest.raises(IntakeError) as refused:
        propose(packed(tmp_path / name, *members))
    assert reason in refused.value.reason and step in refused.value.next_step


@pytest.mark.parametrize("name", ["date", "when"])
def test_a_column_of_days_without_separators_is_recognised_and_read(tmp_path: Path, name: str) -> None:
    rows = [f"202503{day:02d},{day % 5 + 1},Some text number {day}" for day in (1, 12, 31, 5, 4)]
    _, found = landed(tmp_path / "l", written(tmp_path, export(*rows, header=f"{name},rating,text")))
    assert [each.posted.on for each in found[:3]] == ["2025-03-01", "2025-03-12", "2025-03-31"]


def test_numbers_that_are_not_all_days_are_no_dates(tmp_path: Path) -> None:
    rows = [f"202503{number:02d},{number % 5 + 1},Some text number {number}" for number in range(1, 40)]
    held = propose(written(tmp_path, export(*rows, header="when,rating,text"))).columns
    assert "posted" not in held.fields and held.unused == ("when",)


@pytest.fixture
def in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.intake.order._this_year", lambda: 2026)


def days(*texts: str) -> str:
    return export(
        *(f"{text},{at % 5 + 1},Some text number {at}" for at, text in enumerate(texts)), header="date,rating,text"
    )


@pytest.mark.usefixtures("in_2026")
def test_a_year_of_two_digits_in_the_first_place_is_asked_about_and_read_as_it_is_said_to_be(tmp_path: Path) -> None:
    file = written(tmp_path, days("25-03-01", "25-03-04", "24-12-05", "24-11-06", "24-10-07"))
    with pytest.raises(IntakeError, match=r"with their day or with their year.*YMD"):
        landed(tmp_path / "l", file)
    _, found = landed(tmp_path / "m", file, date_order="YMD")
    assert [each.posted.on for each in found[:3]] == ["2025-03-01", "2025-03-04", "2024-12-05"]
    _, found = landed(tmp_path / "n", file, date_order="DMY")
    assert found[0].posted.on == "2001-03-25"


@pytest.mark.usefixtures("in_2026")
@pytest.mark.parametrize("other", ["1.3.24", "31.12.23", "02.03.2024", "04.05.99", "05.06.00"])
def test_a_day_above_12_is_proof_where_another_line_cannot_begin_with_its_year(tmp_path: Path, other: str) -> None:
    _, found = landed(tmp_path / "l", written(tmp_path, days("25.03.01", "24.03.01", "13.04.02", "14.04.02", other)))
    assert [each.posted.on for each in found[:2]] == ["2001-03-25", "2001-03-24"]


def test_a_day_above_12_in_the_second_place_leaves_no_room_for_a_year_in_the_first(tmp_path: Path) -> None:
    _, found = landed(
        tmp_path / "l", written(tmp_path, days("03-25-01", "03-04-01", "04-05-01", "04-06-01", "01-02-01"))
    )
    assert found[0].posted.on == "2001-03-25"


def sheet(path: Path, *cells: object, column: str = "date") -> Path:
    other = "published" if column != "date" else "note"
    rows = [[cell, at % 5 + 1, f"Some text number {at}", "2025-06-30"] for at, cell in enumerate(cells)]
    return book(path / "e.xlsx", [[column, "rating", "text", other], *rows])


SWAPPED = [datetime(2025, 4, 5), datetime(2025, 5, 5), datetime(2025, 12, 1)]


@pytest.mark.parametrize("texts", [["13/04/2025", "28/05/2025"], ["04/13/2025", "05/28/2025"]])
@pytest.mark.parametrize("given", [None, "DMY"])
def test_days_that_a_spreadsheet_swapped_where_it_could_are_refused(
    tmp_path: Path, texts: list[str], given: str | None
) -> None:
    with pytest.raises(IntakeError, match=r"3 cells are dates.* and 2 were left as text") as refused:
        landed(tmp_path / "l", sheet(tmp_path, *SWAPPED, *texts), date_order=given)
    assert (refused.value.column, refused.value.line) == ("date", 5)
    assert "before a spreadsheet opened it" in refused.value.next_step


def test_a_second_date_that_was_swapped_is_refused_as_well(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="column 'visit date': a spreadsheet seems to have swapped"):
        landed(tmp_path / "l", sheet(tmp_path, *SWAPPED, "13/04/2025", "28/05/2025", column="visit date"))


@pytest.mark.parametrize(
    ("cell", "order"),
    [(datetime(2025, 4, 13), None), ("05/06/2025", None), ("13/07/2025", None), ("03/13/2025", "DMY")],
)
def test_dates_beside_text_are_read_where_nothing_tells_that_they_were_swapped(
    tmp_path: Path, cell: object, order: str | None
) -> None:
    few = [SWAPPED[0], "28/05/2025"] if cell == "13/07/2025" else [*SWAPPED, "13/04/2025", "28/05/2025"]
    _, found = landed(tmp_path / "l", sheet(tmp_path, *few, cell), date_order=order, scale=5)
    assert found[0].posted.on == "2025-04-05"


TITLED = [
    ["Reviews of Café", "", "", ""],
    ["", "", "", ""],
    ["Exported on", "30.06.2025", "", ""],
    ["Datum", "Sterne", "Kommentar", "Filiale"],
    *([f"2025-03-{day:02d}", str(day % 5 + 1), f"Das Essen war kalt {day}", "Nord"] for day in range(1, 8)),
]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "sep"])
def test_titles_above_the_header_are_no_header_and_no_review_in_any_kind_of_table(tmp_path: Path, kind: str) -> None:
    text = "\n".join([*(["sep=;"] if kind == "sep" else []), *map(";".join, TITLED)])
    rows = [[cell or None for cell in row] for row in TITLED]
    file = book(tmp_path / "e.xlsx", rows) if kind == "xlsx" else written(tmp_path, text)
    landing, found = landed(tmp_path / "l", file)
    assert landing.rejects == 0 and [each.text for each in found] == [
        f"Das Essen war kalt {day}" for day in range(1, 8)
    ]
    assert (found[0].posted.on, found[0].location) == ("2025-03-01", "Nord")


def test_a_header_stays_one_below_which_a_row_is_wider_or_whose_row_numbers_bear_no_name(tmp_path: Path) -> None:
    wider = written(
        tmp_path,
        export("5,Some text number 1", "4,Some, text, of, many, commas, that, nobody, quoted", header="rating,text"),
    )
    assert table(wider).header == ("rating", "text")
    numbered = written(tmp_path, export("0,Some text", "1,Another text", header=",text"), name="b.csv")
    assert table(numbered).header == ("column 1", "text")
    lines = written(tmp_path, "text\nSome words of a guest\n", name="c.txt")
    assert table(lines, one_column=True).header == ("text",)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("above", [["Reviews of Café Nord"], ["Reviews", "", "from 1 March", ""]])
def test_titles_that_nobody_padded_to_the_width_of_the_table_are_passed_over(
    tmp_path: Path, above: list[str], mark: str
) -> None:
    rows = [mark.join(row).replace("30.06.2025", "30.06.") for row in TITLED[3:]]
    landing, found = landed(tmp_path / "l", written(tmp_path, "\n".join([*above, *rows])))
    assert (landing.reviews, landing.rejects, found[0].posted.on, found[0].location) == (7, 0, "2025-03-01", "Nord")


def test_a_line_of_prose_above_lines_with_commas_is_no_title_of_a_table(tmp_path: Path) -> None:
    file = written(tmp_path, "text\nbad, very\ngood, mostly\nslow, always\n")
    with pytest.raises(IntakeError, match="no columns are found"):
        table(file)


TWO_HEADERS = [
    ["Nr", "Reviewer", "", "Review", "", ""],
    ["", "Name", "Language", "Date", "Stars", "Text"],
    *(
        [str(day), f"Guest {day}", "en", f"2025-03-{day:02d}", str(day % 5 + 1), f"Cold food {day}"]
        for day in range(1, 9)
    ),
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_of_two_rows_is_called_as_its_lower_row_says(tmp_path: Path, kind: str) -> None:
    rows = [[cell or None for cell in row] for row in TWO_HEADERS]
    file = (
        book(tmp_path / "e.xlsx", rows) if kind == "xlsx" else written(tmp_path, "\n".join(map(",".join, TWO_HEADERS)))
    )
    landing, found = landed(tmp_path / "l", file, scale=5)
    assert (landing.reviews, landing.rejects) == (8, 0)
    assert (found[0].text, found[0].rating, found[0].language) == ("Cold food 1", 2.0, "en")
    assert table(file).header[0] == "Nr"


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"\x1f\x8b\x08\x00rest", "packed with gzip. Unpack it"),
        (b"7z\xbc\xaf\x27\x1crest", "an archive. Unpack it"),
        (b"%PDF-1.7 rest", "a PDF. Hand in the reviews as CSV"),
        (b"\xff\xd8\xff\xe0rest", "a picture. Hand in"),
        (b"{\\rtf1 rest}", "a text document"),
        (b"SQLite format 3\x00rest", "a database file"),
        (b"\n<!DOCTYPE html><html><body>a, b</body></html>", 'a saved page: way = "capture"'),
    ],
)
@pytest.mark.parametrize("name", ["reviews.csv", "reviews.csv.gz", "reviews.txt"])
def test_what_is_no_table_is_called_what_it_is(tmp_path: Path, start: bytes, told: str, name: str) -> None:
    (tmp_path / name).write_bytes(start)
    with pytest.raises(IntakeError) as refused:
        table(tmp_path / name)
    assert told in str(refused.value) and str(refused.value).startswith(name)


def test_a_folder_is_no_export_and_is_not_called_missing(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="this is a folder"):
        table(tmp_path)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_no_name_of_a_column_acts_on_the_terminal_that_shows_it(tmp_path: Path, kind: str) -> None:
    names = ["id", "date\x1b]0;evil\x07", "foo \x1b[31mbar", "b\u202exyz", "c\x9b2J"]
    text = ",".join(names) + "\nr1,2025-03-14,abc,c,d\n"
    if kind == "json":
        text = json.dumps([dict.fromkeys(names, "abc")])
    with pytest.raises(IntakeError, match="the columns are: ") as refused:
        propose(written(tmp_path, text, name=f"e.{kind}"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", str(refused.value))
