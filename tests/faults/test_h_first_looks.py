"""ACCEPTANCE h54: what a file is told to be before its rows are read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from spiders.intake.errors import IntakeError
from spiders.intake.export import propose


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
