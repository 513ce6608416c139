"""A workbook of statements is written where it can be, and read back where it is one."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from flows import labelbook
from flows.commands.label import _filled_in
from flows.filled import FormulaError, WorkbookError
from tests.audits.analysis.made import review, says


def test_a_workbook_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere" / "labels.xlsx"):
        with pytest.raises(OSError, match="directory"):
            labelbook.write(path, [], {})


def test_a_formula_without_its_result_is_named_by_its_cell_and_one_that_has_it_is_read(tmp_path: Path) -> None:
    file, shown = tmp_path / "labels.xlsx", tmp_path / "shown.xlsx"
    held = [review(number, text="Nobody answered.") for number in range(9)]
    rows = [(says(one, one.text or "", "fees"), "random") for one in held]
    labelbook.write(file, rows, {one.key: one for one in held})  # type: ignore[arg-type]
    book = load_workbook(file)
    sheet = book["Statements"]
    for row in range(2, 9):
        sheet[f"C{row}"] = '=LOWER("FEES")'
    sheet["H3"] = "=1+1"
    book.save(file)
    with pytest.raises(FormulaError, match=r"formulas in C2, C3, C4, C5, C6 and 2 more whose results are not"):
        list(labelbook.read(file))
    assert _filled_in(file)
    with ZipFile(file) as given, ZipFile(shown, "w") as saved:
        for name in given.namelist():
            body = given.read(name).decode()
            for row, result in enumerate(["<v>fees</v>", "<v></v>"] + ["<v>fees</v>"] * 5, 2):
                body = re.sub(rf'(<c r="C{row}"[^>]*?)>(<f>[^<]*</f>)<v ?(?:/>|></v>)', rf'\1 t="str">\2{result}', body)
            saved.writestr(name, body)
    assert [(row.number, row.labels) for row in labelbook.read(shown)] == [
        (row, ("fees",)) for row in range(2, 9) if row != 3
    ]


def test_a_file_that_is_no_workbook_is_a_sentence(tmp_path: Path) -> None:
    whole, half = tmp_path / "labels.xlsx", tmp_path / "half.xlsx"
    one = review(0, text="Nobody answered.")
    labelbook.write(whole, [(says(one, one.text or "", "fees"), "random")], {one.key: one})  # type: ignore[arg-type]
    with ZipFile(whole) as given, ZipFile(half, "w") as cut:
        for name in given.namelist():
            cut.writestr(name, given.read(name)[: -20 if name.endswith("sheet1.xml") else None])
    for file in (half, tmp_path / "labels.ods", tmp_path / "labels.csv", tmp_path / "other.xlsx"):
        if file != half:
            file.write_bytes(b"not a workbook")
        with pytest.raises(WorkbookError, match=r"cannot be read as a workbook .* Save it as \.xlsx"):
            list(labelbook.read(file))
    with pytest.raises(WorkbookError, match=r"gone\.xlsx: No such file or directory\. Name the workbook"):
        list(labelbook.read(tmp_path / "gone.xlsx"))
