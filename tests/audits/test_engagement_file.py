"""What is wrong with an engagement file as a file, or with a file that it names, is a sentence with the next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from audits.engagement import EngagementError, load
from tests.flows.engagements import engagement


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b" \n", "file: is empty: telltale init writes one"),
        ('engagement = "x"\n# Café\n'.encode("cp1252"), "line 2: is not UTF-8: save the file as UTF-8"),
        ('engagement = "x"\n'.encode("utf-16"), "line 1: is not UTF-8: save the file as UTF-8"),
        (
            b'engagement = "x"\ntitle = "y\n',
            "syntax: a text lacks its closing quotation mark (at line 2, column 11)",
        ),
    ],
)
def test_what_is_no_text_that_can_be_read_is_told_by_line_and_with_what_to_do(
    tmp_path: Path, body: bytes, said: str
) -> None:
    (tmp_path / "e.toml").write_bytes(body)
    with pytest.raises(EngagementError) as wrong:
        load(tmp_path / "e.toml")
    assert str(wrong.value) == f"{tmp_path / 'e.toml'}: {said}"


def test_a_folder_is_no_engagement_file(tmp_path: Path) -> None:
    with pytest.raises(EngagementError) as wrong:
        load(tmp_path)
    assert str(wrong.value) == f"{tmp_path}: file: is a folder: name the file in it"


def test_a_folder_named_as_an_export_is_refused_before_a_run_starts(tmp_path: Path) -> None:
    file = engagement(tmp_path)
    (tmp_path / "exports").mkdir()
    file.write_text(file.read_text("utf-8").replace('"own.csv"', '"exports"'), "utf-8")
    with pytest.raises(EngagementError) as wrong:
        load(file)
    assert str(wrong.value) == f"{file}: listings[own].files: 'exports' is a folder: name the files in it"


def test_a_mark_at_the_head_and_lines_as_windows_ends_them_are_read(tmp_path: Path) -> None:
    file = engagement(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(file).engagement == "corner-cafe"
