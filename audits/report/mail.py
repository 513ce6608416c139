"""The first page as an e-mail, text and HTML: no picture, no link, no address; the sender fills in who it goes to."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from audits.analysis.values import NotObservable
from audits.report.html import environment
from audits.report.model import Report
from audits.report.words import count, day, said, shown, with_span

_STATES = {
    "draft": "DRAFT: written by the audit, not yet checked by a person.",
    "withdrawn": "RECALLED: do not rely on it.",
}


def message(report: Report, *, audit_id: str) -> EmailMessage:
    """The message without sender and recipients; the same report gives the same bytes."""
    subject = shown(f"{report.cover.business}: {report.cover.title}, {day(report.as_of)}")
    values = _values(report, audit_id) | {"subject": subject}
    found = EmailMessage(policy=SMTP)
    found["Subject"] = " ".join(subject.split())
    found.set_content(_text(values))
    found.add_alternative(environment().get_template("mail.html.j2").render(**values), subtype="html")
    found.set_boundary(f"=_{audit_id}")
    return found


def render(report: Report, *, audit_id: str) -> bytes:
    """`first-page.eml`, which a mail program opens as a message to be sent."""
    found = message(report, audit_id=audit_id)
    found["X-Unsent"] = "1"
    return found.as_bytes()


def _values(report: Report, audit_id: str) -> dict[str, Any]:
    first = report.first_page
    leaks = [] if report.thin else [leak for leak in report.leaks if leak.gap in first.leaks]
    strength = None
    if not isinstance(first.strength, NotObservable):
        size = said(first.strength.cases) if report.thin else f"{with_span(first.strength.share)} reviews"
        of = f" of {count(first.strength.share.n)}" if report.thin else ""
        strength = f"{first.strength.title}: praised in {size}{of} we hold."
    return {"report": report, "first": first, "leaks": leaks, "strength": strength, "audit_id": audit_id}


def _text(values: dict[str, Any]) -> str:
    report, first = values["report"], values["first"]
    lines = [_STATES[report.state], ""] if report.state in _STATES else []
    lines += [report.cover.business, f"{report.cover.title}, as of {day(report.as_of)}", "", first.headline, ""]
    for leak in values["leaks"]:
        lines += [
            f"* {leak.title}: {with_span(leak.share)} reviews we hold, {said(leak.per_month)}. {leak.course.brief}.",
            f"  Owner: {leak.owner}. First fix: {leak.fix}.",
            f"  This week: {leak.playbook['first']}",
            "",
        ]
    lines += [f"A strength worth protecting: {values['strength']}", ""] if values["strength"] else []
    lines += ["How sure we are:", *(f"- {reason}" for reason in first.reasons), "", *first.based_on]
    lines += ["", "Reviewers are not a sample of customers: every share is one of the reviews we hold."]
    return shown("\n".join([*lines, f"Audit {values['audit_id']}"])) + "\n"
