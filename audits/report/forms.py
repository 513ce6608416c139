"""Every form of a report, by file name, all rendered from the one value."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any

from audits.analysis.values import NotObservable
from audits.catalogue import speaking
from audits.report import answersheet, html, json, mail, xlsx
from audits.report.charts import charts, narrow_charts
from audits.report.kept import Form
from audits.report.model import Report
from audits.report.pdf import printable
from audits.report.press import Press, press, printed
from audits.report.words import count, over, with_span


def summary(report: Report) -> dict[str, Any]:
    """What the index of an engagement's audits says of this one: plain words, and the printed share of each leak."""
    with speaking(report.cover.language):
        return _summary(report)


def _summary(report: Report) -> dict[str, Any]:
    rating, light = report.rating.rating, report.first_page.light
    leaks = () if report.thin else (*report.leaks, *report.minor)
    return {
        "as_of": report.as_of[:10],
        "business": report.cover.business,
        "grade": "" if isinstance(light, NotObservable) else f"{light.grade}: {light.says}",
        "language": report.cover.language,
        "leaks": [
            {
                "first": leak.gap in report.first_page.leaks,
                "gap": leak.gap,
                "high": leak.share.high,
                "low": leak.share.low,
                "share": with_span(leak.share),
                "title": leak.title,
            }
            for leak in sorted(leaks, key=lambda leak: leak.rank)
        ],
        "period": over(report.period, dated=report.dated),
        "rating": "" if report.thin or isinstance(rating, NotObservable) else with_span(rating),
        "reviews": next((count(one.reviews) for one in report.businesses if one.ours), ""),
        "state": report.state,
        "verdict": report.first_page.headline,
    }


def render_all(report: Report, begun: Press | None = None, issued: str | None = None) -> dict[str, Form]:
    """Every form by file name; the same report gives the same bytes. Without Pango there is no PDF.

    `begun` is a press that was loaded while the report was being built, `issued` the id that one issued again keeps.
    """
    with nullcontext(begun) if begun else press() as paper:
        with ThreadPoolExecutor(1) as beside:  # drawing leaves Python free, and a large JSON takes as long
            drawing = beside.submit(charts, report)
            own, written = json.named(report)
            name = issued or own
            paper.begin(report, audit_id=name)
            drawn = drawing.result()
        paper.charted(drawn)
        return _screen(report, name, written, drawn) | paper.printed()


def screen(report: Report, issued: str | None = None) -> dict[str, Form]:
    """What is read on a screen or by a program."""
    own, written = json.named(report)
    return _screen(report, issued or own, written, charts(report))


def _screen(report: Report, name: str, written: Form, drawn: Mapping[str, str]) -> dict[str, Form]:
    return {
        "answers.xlsx": answersheet.render(report, audit_id=name),
        "annex.html": html.annex(report, audit_id=name),
        "first-page.eml": mail.render(report, audit_id=name),
        "report.html": html.render(report, audit_id=name, charts={**drawn, **narrow_charts(report)}).encode(),
        "report.json": written,
        "workbook.xlsx": xlsx.render(report, audit_id=name),
    }


def paper(report: Report, drawn: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """What is printed, set in this process; nothing where Pango is missing (`pdf.MISSING` says how to get it)."""
    kept, annex = printable(report)
    return printed(kept, annex, json.audit_id(report), charts(report) if drawn is None else drawn)
