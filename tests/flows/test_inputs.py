"""A person who is forgotten is found in the consultant's own files, however those are written."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from audits.engagement import load
from flows.inputs import holding
from tests.flows.engagements import engagement

NAME = "Jürgen Müller"
ROWS = [["id", "date", "rating", "text", "author"], ["1", "2024-01-02", "2", "Es war zu spät.", f"{NAME}"]]


def of(folder: Path, name: str, body: bytes) -> list[str]:
    """What is listed where the engagement reads a file of that name and content."""
    file = engagement(folder)
    file.write_text(file.read_text(encoding="utf-8").replace("own.csv", name), encoding="utf-8")
    (folder / name).write_bytes(body)
    return [Path(each).name for each in holding(load(file), ["jürgen  müller"], [])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_a_name_is_found_in_any_encoding_that_the_intake_reads(tmp_path: Path, encoding: str) -> None:
    text = "\r\n".join(";".join(row) for row in ROWS) + "\r\n" + "2;2024-01-03;5;Für uns war es schön.;Änne\r\n"
    assert of(tmp_path / "a", "own.csv", text.encode(encoding)) == ["own.csv"]
    assert of(tmp_path / "b", "own.csv", text.replace(NAME, "Jörg Weiß").encode(encoding)) == []


def test_a_name_is_found_in_a_workbook_and_in_escaped_json(tmp_path: Path) -> None:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "made.xlsx")
    assert of(tmp_path / "a", "own.xlsx", (tmp_path / "made.xlsx").read_bytes()) == ["own.xlsx"]
    rows = [dict(zip(ROWS[0], ROWS[1], strict=True))]
    assert of(tmp_path / "b", "own.json", json.dumps(rows).encode()) == ["own.json"]


def test_a_name_is_found_in_a_packed_capture(tmp_path: Path) -> None:
    file = engagement(tmp_path)
    capture = 'way = "capture"\nurl = "https://www.trustpilot.com/review/a.example"'
    text = file.read_text(encoding="utf-8").replace("own.csv", "own.warc.gz").replace('way = "export"', capture)
    file.write_text(text, encoding="utf-8")
    with (tmp_path / "own.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        page = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = BytesIO("<html><p>J&uuml;rgen Müller</p></html>".encode())
        writer.write_record(writer.create_warc_record("https://a.example/", "response", body, http_headers=page))
    assert holding(load(file), [NAME], []) == [str(tmp_path / "own.warc.gz")]
    assert holding(load(file), ["Jörg Weiß"], []) == []


def test_a_file_that_cannot_be_read_is_listed_as_one_that_may_hold_the_person(tmp_path: Path) -> None:
    assert of(tmp_path / "a", "own.xlsx", b"PK\x03\x04 and nothing more") == ["own.xlsx"]
