"""Every form of a report, by file name, all rendered from the one value."""

from __future__ import annotations

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
    return screen(report) | paper(report)


def screen(report: Report) -> dict[str, bytes]:
    """What is read on a screen or by a program."""
    name = json.audit_id(report)
    return {
        "answers.xlsx": answersheet.render(report, audit_id=name),
        "annex.html": html.annex(report, audit_id=name).encode(),
        "first-page.eml": mail.render(report, audit_id=name),
        "report.html": html.render(report, audit_id=name, charts=charts(report)).encode(),
        "report.json": json.render(report).encode(),
        "workbook.xlsx": xlsx.render(report, audit_id=name),
    }


def paper(report: Report) -> dict[str, bytes]:
    """What is printed; nothing where Pango is missing (`pdf.MISSING` says how to get it)."""
    name = json.audit_id(report)
    try:
        return {
            "first-page.pdf": pdf.brief(report, audit_id=name),
            "report.pdf": pdf.render(report, audit_id=name, charts=charts(report)),
        }
    except pdf.NoPangoError:
        return {}
