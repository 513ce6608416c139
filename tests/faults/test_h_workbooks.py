"""ACCEPTANCE h54: sheets that are hidden, and formulas that nothing has calculated."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from spiders.intake.errors import IntakeError
from tests.faults.test_h_intake import landed
from tests.faults.test_h_tables import HEADER, book


def test_rows_in_a_hidden_sheet_alone_are_told_and_read_where_the_sheet_is_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "e.xlsx") as made:
        made.add_worksheet("Cover").write(0, 0, "Reviews of Café")
        sheet = made.add_worksheet("Data")
        sheet.write_row(0, 0, HEADER)
        for row in range(1, 6):
            sheet.write_row(row, 0, [f"x{row}", f"2024-03-1{row}", row, f"The soup was cold {row}", "North"])
        sheet.hide()
    with pytest.raises(IntakeError, match=r"only rows are in hidden sheets: 'Data'\. Say .*sheet = \"Data\""):
        landed(tmp_path / "l", tmp_path / "e.xlsx")
    landing, _ = landed(tmp_path / "m", tmp_path / "e.xlsx", sheet="data")
    assert (landing.reviews, landing.rejects) == (5, 0)


def test_formulas_that_nothing_calculated_are_told_with_their_cell(tmp_path: Path) -> None:
    rows = [[f"x{row}", f"2024-03-1{row}", f"=1+{row}", f"The soup was cold {row}", "North"] for row in range(1, 5)]
    with pytest.raises(IntakeError, match=r"line 2, column 'Rating': the formula in cell C2 has no value.*Open"):
        landed(tmp_path / "l", book(tmp_path / "e.xlsx", [HEADER, *rows]))


def test_a_formula_without_a_value_in_a_column_of_no_meaning_stops_nothing(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "e.xlsx") as made:
        sheet = made.add_worksheet("Reviews")
        sheet.write_row(0, 0, [*HEADER[:4], "Remark"])
        for row in range(1, 6):
            sheet.write_row(row, 0, [f"x{row}", f"2024-03-1{row}", row, f"The soup was cold {row}"])
            sheet.write_formula(row, 4, '=""', None, "")
    landing, _ = landed(tmp_path / "l", tmp_path / "e.xlsx")
    assert (landing.reviews, landing.rejects) == (5, 0)
