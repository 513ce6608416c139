"""A report as the consultant's workbook: every cell is text or a number, never a formula; same report, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from audits.catalogue import gettext, marked, speaking
from audits.report.model import Report
from audits.report.sheet import Cell, Link, Sheet
from audits.report.sheets import sheets
from audits.report.words import shown

LONGEST = 32_767
"""Characters that a cell can hold."""
CUT = marked("… [cut]")
WIDEST = 60
TAB = 31
"""Characters in the name of a sheet."""
_NO_TAB = re.compile(r"[\[\]:*?/\\]")


def opened(out: BytesIO, report: Report) -> Any:
    """A workbook in memory in which no text becomes a formula, a link or a number, and no clock is read."""
    import xlsxwriter

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": shown(report.cover.title), "created": datetime.fromisoformat(report.as_of[:10])})
    return book


def render(report: Report, *, audit_id: str) -> bytes:
    """The workbook: one sheet a subject, with frozen headers, filters and number formats."""
    out = BytesIO()
    book = opened(out, report)
    looks = _looks(book)
    with speaking(report.cover.language):
        for sheet in sheets(report, audit_id=audit_id):
            _write(book.add_worksheet(tab(sheet.name)), sheet, looks)
    book.close()
    return out.getvalue()


def tab(name: str) -> str:
    """The name of a sheet as a workbook takes it."""
    return _NO_TAB.sub(" ", name)[:TAB]


def _looks(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2}),
        "text": book.add_format(top | {"text_wrap": True}),
        "share": book.add_format(top | {"num_format": "0.0%"}),
        "stars": book.add_format(top | {"num_format": "0.00"}),
        "count": book.add_format(top | {"num_format": "#,##0"}),
        "number": book.add_format(top | {"num_format": "0.0"}),
        "plain": book.add_format(top | {"num_format": "0.000"}),
        "link": book.add_format(top | {"font_color": "#0b62a8", "underline": 1}),
    }


def _write(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    page.set_row(0, 32)
    for column, head in enumerate(sheet.columns):
        page.write_string(0, column, gettext(head.title), looks["head"])
        page.set_column(column, column, min(WIDEST, head.width))
    for number, row in enumerate(sheet.rows, 1):
        _row(page, number, row, [head.look for head in sheet.columns], looks)
    page.freeze_panes(1, 1)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)  # all columns on one sheet of paper, as many sheets as the rows take
    page.repeat_rows(0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _row(page: Any, number: int, row: Sequence[Cell], kinds: Iterable[str], looks: dict[str, Any]) -> None:
    for column, (value, look) in enumerate(zip(row, kinds, strict=True)):
        if value is None:
            continue
        if isinstance(value, Link):
            page.write_url(number, column, value.url, looks["link"], string=value.text)
        elif isinstance(value, (int, float)):
            page.write_number(number, column, value, looks[look])
        else:
            page.write_string(number, column, cell_text(value), looks["text"])


def cell_text(text: str) -> str:
    """The text without controls, cut with a visible mark where a cell cannot hold it."""
    seen = shown(text)
    cut = gettext(CUT)
    return seen if len(seen) <= LONGEST else seen[: LONGEST - len(cut)] + cut
