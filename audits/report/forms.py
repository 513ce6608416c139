"""Every form of a report, by file name, all rendered from the one value."""

from __future__ import annotations

from collections.abc import Mapping

from audits.report import answersheet, html, json, mail, pdf, xlsx
from audits.report.charts import charts
from audits.report.model import Report
from audits.report.words import day


def summary(report: Report) -> dict[str, str]:
    """What the index of an engagement's audits says of this one, in plain words."""
    return {
        "as_of": report.as_of[:10],
        "business": report.cover.business,
        "period": f"{day(report.period[0])} to {day(report.period[1])}",
        "state": report.state,
        "verdict": report.first_page.headline,
    }


def render_all(report: Report) -> dict[str, bytes]:
    """Every form as bytes by file name; the same report gives the same bytes. Without Pango there is no PDF."""
    drawn = charts(report)
    return screen(report, drawn) | paper(report, drawn)


def screen(report: Report, drawn: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """What is read on a screen or by a program; `drawn` are the report's charts where they are drawn already."""
    name = json.audit_id(report)
    drawn = charts(report) if drawn is None else drawn
    return {
        "answers.xlsx": answersheet.render(report, audit_id=name),
        "annex.html": html.annex(report, audit_id=name).encode(),
        "first-page.eml": mail.render(report, audit_id=name),
        "report.html": html.render(report, audit_id=name, charts=drawn).encode(),
        "report.json": json.render(report).encode(),
        "workbook.xlsx": xlsx.render(report, audit_id=name),
    }


def paper(report: Report, drawn: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """What is printed; nothing where Pango is missing (`pdf.MISSING` says how to get it)."""
    name = json.audit_id(report)
    try:
        return {
            "first-page.pdf": pdf.brief(report, audit_id=name),
            "report.pdf": pdf.render(report, audit_id=name, charts=charts(report) if drawn is None else drawn),
        }
    except pdf.NoPangoError:
        return {}
