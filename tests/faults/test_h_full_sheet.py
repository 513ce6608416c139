"""ACCEPTANCE h54: a sheet as long as sheets can be is read in a stream."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from spiders.intake.export import land_export
from tests.faults.memory import most_held
from tests.faults.test_h_intake import KEY
from tests.faults.test_h_tables import HEADER


@pytest.mark.slow
def test_a_full_sheet_of_1048576_rows_is_read_in_a_stream(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "e.xlsx", {"constant_memory": True}) as made:
        sheet = made.add_worksheet("Reviews")
        sheet.write_row(0, 0, HEADER)
        for row in range(1, 1_048_576):
            sheet.write_row(
                row, 0, [f"x{row}", "2024-03-13", 1 + row % 5, f"The soup was cold on visit {row}", "North"]
            )
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:  # what other tests hold is not counted
        reviews, peak = alone.submit(_landed_alone, tmp_path).result()
    assert reviews == 1_048_575
    assert peak < 300 << 20


def _landed_alone(folder: Path) -> tuple[int, int]:
    """Reviews landed, and the most bytes that this process held."""
    facts = {"engagement": "e", "listing": "a", "business": "Bench & Co", "site": "other", "key": KEY}
    landing = land_export(files=[folder / "e.xlsx"], out=folder / "l", **facts)  # nothing reads it back here
    return landing.reviews, most_held(os.getpid())
