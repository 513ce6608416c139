"""The first page as an e-mail, text and HTML: no picture, no link, no address; the sender fills in who it goes to."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from audits.analysis.values import NotObservable
from audits.report.html import environment
from audits.report.model import Report
from audits.report.parts import LeakPage
from audits.report.words import because, count, day, said, shown, with_span

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
    return {"report": report, "first": report.first_page, "sections": list(_sections(report)), "audit_id": audit_id}


def _sections(report: Report) -> Iterator[tuple[str, list[str]]]:
    """What the first page says, part by part in its order: a heading and its lines; the same in text and HTML."""
    first = report.first_page
    moves = [
        f"{move.trend.capitalize()}: {move.title.lower()}, from {said(move.before)} to {said(move.now)} {move.when}."
        for move in first.moves
    ]
    yield "", ["".join(piece.text for piece in sentence) for sentence in first.lead] + moves
    for leak in report.leaks:
        if leak.gap in first.leaks and not report.thin:
            yield leak.title, _leak(leak)
    if report.thin:
        yield "What was reported", [f"{leak.title}: {said(leak.cases)}" for leak in report.leaks]
    yield "On Monday", [f"{one.owner}: {one.step} ({one.title})" for one in first.mondays]
    vague = f"{with_span(report.vague)} reviews with a complaint name no failing." if report.vague else ""
    yield (
        "To bear in mind",
        [*first.ties, *([vague] if first.vague and vague else []), *filter(None, [first.unexplained])],
    )
    yield "A strength worth protecting", [_strength(report)]
    yield "Grave cases", ["".join(piece.text for piece in first.graves)]
    yield "How sure we are", _sure(report)
    yield "What it is based on", list(first.based_on)


def _leak(leak: LeakPage) -> list[str]:
    where = (
        f"{'Worst' if leak.spot.worse else 'Best'} at {leak.spot.name}: {said(leak.spot.share)}." if leak.spot else ""
    )
    rivals = f"Competitors, same months: {leak.contrast_brief}." if leak.contrast_brief else ""
    return [
        f"{with_span(leak.share)} reviews we hold, {said(leak.per_month)}. {leak.course.brief}.",
        *filter(None, [where, rivals.replace("..", ".")]),
        f"Owner: {leak.owner}. First fix: {leak.fix}.",
        f"This week: {leak.playbook['first']}",
    ]


def _strength(report: Report) -> str:
    strength = report.first_page.strength
    if isinstance(strength, NotObservable):
        return because(strength)
    size = said(strength.cases) if report.thin else f"{with_span(strength.share)} reviews"
    return f"{strength.title}: praised in {size}{f' of {count(strength.share.n)}' if report.thin else ''} we hold."


def _sure(report: Report) -> list[str]:
    light = report.first_page.light
    graded = f"not graded: {light.reason}" if isinstance(light, NotObservable) else f"{light.grade}: {light.says}"
    checks = [
        f"Checked by hand: {one.right} of {one.of} statements of “{one.title}” read rightly." for one in report.checks
    ]
    unread = [] if checks else ["The words were read by a model; no person has checked the reading."]
    return [f"Evidence {graded}", *report.first_page.reasons, *checks, *unread]


def _text(values: dict[str, Any]) -> str:
    report = values["report"]
    lines = [_STATES[report.state], ""] if report.state in _STATES else []
    lines += [report.cover.business, f"{report.cover.title}, as of {day(report.as_of)}", "", values["first"].headline]
    for title, told in values["sections"]:
        if told:
            lines += ["", *([title.upper()] if title else []), *(f"- {line}" if title else line for line in told)]
    lines += ["", "Reviewers are not a sample of customers: every share is one of the reviews we hold."]
    return shown("\n".join([*lines, "“Associated with” is not “caused by”.", f"Audit {values['audit_id']}"])) + "\n"
