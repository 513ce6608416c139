"""The sheet on which the client answers each leak; it comes back filled in. Every cell is text, none a formula."""

from __future__ import annotations

from io import BytesIO

from audits.catalogue import gettext, marked, speaking
from audits.report.model import Report
from audits.report.words import said, shown, with_span
from audits.report.xlsx import opened, tab

SHEET = marked("Answers")
ANSWERS = (marked("agree"), marked("dispute"), marked("fixed"))
COLUMNS = (
    marked("Leak"), marked("What the reviews say"), marked("Your answer"), marked("Fixed on (YYYY-MM-DD)"),
    marked("Comment"), marked("Key (leave as it is)"),
)  # fmt: skip
WIDTHS = (34, 30, 14, 22, 60, 40)
HOW = marked(
    "Choose agree, dispute or fixed in the third column. With fixed, give the day: the next "
    "audit measures before and after it. Give the file back with: telltale answers "
    "ENGAGEMENT --read FILE --who NAME"
)


def render(report: Report, *, audit_id: str) -> bytes:
    """One row a leak, in their order; the same report gives the same bytes."""
    with speaking(report.cover.language):
        return _render(report, audit_id)


def _render(report: Report, audit_id: str) -> bytes:
    out = BytesIO()
    book = opened(out, report)
    look = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 2})
    sheet = book.add_worksheet(tab(gettext(SHEET)))
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width, look)
        sheet.write_string(0, column, gettext(name), head)
    leaks = (*report.leaks, *report.minor)
    for row, leak in enumerate(leaks, 1):
        says = said(leak.cases) if report.thin else gettext("%(share)s reviews we hold", share=with_span(leak.share))
        for column, text in enumerate((leak.title, says, "", "", "", f"{audit_id}:{leak.gap}")):
            sheet.write_string(row, column, shown(text), look)
    last = max(1, len(leaks))
    sheet.data_validation(
        1, 2, last, 2, {"validate": "list", "source": [gettext(answer) for answer in ANSWERS], "ignore_blank": True}
    )
    sheet.write_string(last + 2, 0, gettext(HOW), look)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
