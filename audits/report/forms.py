"""Every form of a report, by file name, all rendered from the one value."""

from __future__ import annotations

from audits.report import html, json
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
    """`report.html`, `annex.html` and `report.json` as bytes; the same report gives the same bytes."""
    from audits.report.charts import charts

    name = json.audit_id(report)
    return {
        "annex.html": html.annex(report, audit_id=name).encode(),
        "report.html": html.render(report, audit_id=name, charts=charts(report)).encode(),
        "report.json": json.render(report).encode(),
    }
