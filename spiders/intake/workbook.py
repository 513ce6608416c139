"""A workbook (XLSX) as a table: values of its cells, dates as ISO, merged cells filled down, read in one stream."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from spiders.intake.errors import IntakeError
from spiders.intake.header import HEAD_ROWS, header_at
from spiders.intake.names import FIELDS, KNOWN, plain
from spiders.intake.spool import Spooled, spooled

_UNPACKED_MOST = 6 * 1024**3
_STRINGS_MOST = 700 * 1024**2
"""Bytes of the shared strings, which are held in memory: a million reviews of 250 characters are 300 MB."""
_RATIO_MOST = 200
_EXPORTS = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".jsonl", ".ndjson")
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^>]* t="str")[^>]*><f[^>]*>[^<]{0,8192}</f>(?:<v ?/>|<v></v>)?</c>'
)
"""A formula without its value, as programs write it that do not calculate."""
_SERIALS = range(20_000, 80_000)
"""Days since 1900 that are dates of this time (1954 to 2119)."""
_DATED = ("posted", "experienced", "updated", "reply_posted")
_DATES = frozenset(plain(each) for name in _DATED for each in FIELDS[name])


def workbook(path: Path, sheet: str | None = None) -> Spooled:
    """The one sheet with rows, or the named one; raises `IntakeError` for a locked, broken or unclear workbook."""
    _refuse_unsafe(path)
    import openpyxl  # type: ignore[import-untyped]  # openpyxl ships no types

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as wrong:  # whatever a broken workbook raises in the library
        raise _broken(path, wrong) from None
    try:
        held = _sheet(path, book, sheet)
        head = [list(row) for row in islice(held.iter_rows(values_only=True), HEAD_ROWS)]
        line, header = _header(path, head)
        merged = _merged(path, held, header)
        records = _rows(held, line, header, merged, book.epoch)
        return spooled(path, "xlsx", f"sheet {held.title!r}, read as values", header, line, records)
    except IntakeError:
        raise
    except Exception as wrong:
        raise _broken(path, wrong) from None
    finally:
        book.close()


def _refuse_unsafe(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        reason = "the workbook is locked with a password, or is of the old .xls kind"
        raise IntakeError(path, reason, next_step="Open it, save it as .xlsx without a password, and hand that in")
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _refuse_other(path, archive)
    except (zipfile.BadZipFile, OSError) as wrong:
        raise _broken(path, wrong) from None
    strings = sum(each.file_size for each in members if each.filename.endswith("sharedStrings.xml"))
    whole, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
    if whole > _UNPACKED_MOST or strings > _STRINGS_MOST or whole > _RATIO_MOST * max(packed, 1 << 20):
        reason = f"the workbook unpacks to {whole:,} bytes, more than is read"
        raise IntakeError(path, reason, next_step="Save the sheet with the reviews as CSV and hand that in")


def _refuse_other(path: Path, archive: zipfile.ZipFile) -> None:
    """What is packed as a workbook and is none: to save it once more, as a broken one is told to be, is no help."""
    names = archive.namelist()
    if {"mimetype", "content.xml"} <= set(names):
        reason = "this is an OpenDocument sheet (.ods), which is not read"
        raise IntakeError(path, reason, next_step="Open it, save it as CSV or .xlsx, and hand that in")
    exports = [each for each in names if each.lower().endswith(_EXPORTS)]
    if "[Content_Types].xml" not in names and (exports or path.suffix.lower() == ".zip"):
        reason = "this is a ZIP archive" + (f", which holds {len(exports)} exports" if len(exports) > 1 else "")
        raise IntakeError(path, reason, next_step="Unpack it, and hand in the CSV, XLSX or JSON that is in it")


def _broken(path: Path, wrong: Exception) -> IntakeError:
    reason = f"the workbook cannot be read: it is broken or no XLSX ({type(wrong).__name__})"
    return IntakeError(path, reason, next_step="Open it, save it again as .xlsx or CSV, and hand that in")


def _sheet(path: Path, book: Any, wanted: str | None) -> Any:
    held = [each for each in book.worksheets if each.sheet_state == "visible"]
    names = ", ".join(repr(each.title) for each in held)
    if wanted is not None:
        # A hidden sheet may be meant where it is named; it is never taken by itself.
        found = next((each for each in book.worksheets if each.title.casefold() == wanted.casefold()), None)
        if found is None:
            reason = f"there is no sheet {wanted!r}; the sheets are {names}"
            raise IntakeError(path, reason, next_step="Name one of them in the listing")
        return found
    filled = [each for each in held if _table(each)]
    if len(filled) == 1:
        return filled[0]
    hidden = [each for each in book.worksheets if not filled and each not in held and _table(each)]
    reason = f"several sheets hold rows: {names}" if filled else "no sheet holds rows"
    if hidden:
        reason = f"the only rows are in hidden sheets: {', '.join(repr(each.title) for each in hidden)}"
    meant = [*filled, *hidden]
    step = f'Say which in the listing: sheet = "{meant[0].title}"' if meant else "Export the reviews again"
    raise IntakeError(path, reason, next_step=step)


def _table(sheet: Any) -> bool:
    return next(islice(_filled(sheet), 1, None), None) is not None


def _filled(sheet: Any) -> Iterator[Any]:
    sheet.reset_dimensions()
    return (row for row in sheet.iter_rows(values_only=True) if sum(cell is not None for cell in row) > 1)


def _header(path: Path, head: list[list[Any]]) -> tuple[int, list[str]]:
    found = header_at([[_text(cell) for cell in row] for row in head])
    if found is not None:
        place, names = found
        while not names[-1]:
            names.pop()
        return place + 1, names
    raise IntakeError(path, "no header row is found in the sheet", next_step="Put the names of the columns in one row")


def _merged(path: Path, sheet: Any, header: list[str]) -> dict[int, list[tuple[int, int]]]:
    """Column (from 0) → first and last row of its merged cells; the end of the sheet's own XML has them."""
    found: dict[int, list[tuple[int, int]]] = {}
    for window in _windows(path, sheet):
        for left, top, _, bottom in _MERGED.findall(window):
            if top != bottom:
                span = int(top), int(bottom)
                held = found.setdefault(_column(left), [])
                held += [span] if span not in held[-3:] else []
        for left, line in _UNCALCULATED.findall(window):
            _refuse_uncalculated(path, header, left, line)
    return found


def _refuse_uncalculated(path: Path, header: list[str], letters: bytes, line: bytes) -> None:
    """A column that means something and has no values would be read as empty; any other may be so."""
    column = dict(enumerate(header)).get(_column(letters), "")
    if plain(column) in KNOWN:
        reason = f"the formula in cell {letters.decode()}{line.decode()} has no value: nothing calculated it"
        step = "Open the workbook in a spreadsheet, save it, and hand that in"
        raise IntakeError(path, reason, line=int(line), column=column, next_step=step)


def _windows(path: Path, sheet: Any) -> Iterator[bytes]:
    """The sheet's own XML in pieces, each beginning with the end of the one before."""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path.lstrip("/")) as file:
        rest = b""
        while chunk := file.read(1 << 20):
            yield rest + chunk
            rest = (rest + chunk)[-200:]


def _column(letters: bytes) -> int:
    from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]

    return int(column_index_from_string(letters.decode())) - 1


def _rows(
    sheet: Any, header_line: int, header: list[str], merged: dict[int, list[tuple[int, int]]], epoch: Any
) -> Iterator[tuple[object, list[str]]]:
    dates = {at for at, name in enumerate(header) if plain(name) in _DATES}
    spans = {at: {row for top, bottom in held for row in range(top + 1, bottom + 1)} for at, held in merged.items()}
    last: dict[int, str] = {}
    for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if line <= header_line:
            continue
        cells = [_cell(cell, serial=at in dates, epoch=epoch) for at, cell in enumerate(row)]
        if not any(cells):
            continue
        cells += [""] * (len(header) - len(cells))  # the library leaves out what is empty at a row's end
        for at, below in spans.items():
            if at < len(cells) and line in below:
                cells[at] = cells[at] or last.get(at, "")
            elif at < len(cells):
                last[at] = cells[at]
        width = len(header)
        wrong = f"has {len(cells)} fields, the header has {width}" if any(cells[width:]) else None
        yield ([line, wrong] if wrong else line), cells[:width]


def _cell(value: Any, *, serial: bool, epoch: Any) -> str:
    if serial and isinstance(value, (int, float)) and not isinstance(value, bool) and int(value) in _SERIALS:
        from openpyxl.utils.datetime import from_excel  # type: ignore[import-untyped]

        value = from_excel(value, epoch)
    return _text(value)


def _text(value: Any) -> str:
    """A cell's value as a person reads it; the errors of a formula (#N/A) are no value."""
    if value is None or (isinstance(value, str) and value.startswith("#") and value.rstrip("!?").isupper()):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)
