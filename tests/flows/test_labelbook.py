"""A workbook of statements is written where it can be, and read back where it is one."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from flows import labelbook
from flows.filled import WorkbookError
from tests.audits.analysis.made import review, says


def test_a_workbook_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere" / "labels.xlsx"):
        with pytest.raises(OSError, match="directory"):
            labelbook.write(path, [], {})


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
