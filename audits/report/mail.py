"""The first page as an e-mail, text and HTML: no picture, no link, no address; the sender fills in who it goes to."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from audits.analysis.values import NotObservable
from audits.catalogue import gettext, marked, speaking
from audits.report.html import environment
from audits.report.model import Report
from audits.report.parts import Course, LeakPage, Spot
from audits.report.told import Move
from audits.report.words import bare, because, caveat, count, day, inside, said, shown, with_span

_STATES = {
    "draft": marked("DRAFT: written by the audit, not yet checked by a person."),
    "withdrawn": marked("RECALLED: do not rely on it."),
}


def message(report: Report, *, audit_id: str) -> EmailMessage:
    """The message without sender and recipients; the same report gives the same bytes."""
    with speaking(report.cover.language):
        return _message(report, audit_id)


def _message(report: Report, audit_id: str) -> EmailMessage:
    subject = shown(f"{report.cover.heading}, {day(report.as_of)}")
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
    moves = [_move(move) for move in first.moves]
    yield "", ["".join(piece.text for piece in sentence) for sentence in first.lead] + moves
    for leak in report.leaks:
        if leak.gap in first.leaks and not report.thin:
            yield leak.title, _leak(leak)
    if report.thin:
        yield gettext("What was reported"), [f"{leak.title}: {said(leak.cases)}" for leak in report.leaks]
    yield gettext("On Monday"), [f"{one.owner}: {one.step} ({one.title})" for one in first.mondays]
    vague = (
        gettext("%(vague)s reviews with a complaint name no failing.", vague=with_span(report.vague))
        if report.vague
        else ""
    )
    yield (
        gettext("To bear in mind"),
        [*first.ties, *([vague] if first.vague and vague else []), *filter(None, [first.unexplained])],
    )
    yield gettext("A strength worth protecting"), [_strength(report)]
    yield gettext("Grave cases"), ["".join(piece.text for piece in first.graves)]
    yield gettext("How sure we are"), _sure(report)
    yield gettext("What it is based on"), list(first.based_on)


def _move(move: Move) -> str:
    told = {
        "leak": inside(move.title),
        "before": said(move.before),
        "now": said(move.now),
        "when": move.when,
    }
    if move.trend == "rising":
        return gettext("Rising: %(leak)s, from %(before)s to %(now)s %(when)s.", **told)
    return gettext("Falling: %(leak)s, from %(before)s to %(now)s %(when)s.", **told)


def _leak(leak: LeakPage) -> list[str]:
    where = _where(leak.spot) if leak.spot else ""
    brief = (leak.contrast_brief or "").removesuffix(".")
    rivals = gettext("Competitors, same months: %(told)s.", told=brief) if brief else ""
    share = with_span(leak.share)
    size = (
        gettext("%(share)s reviews we hold.", share=share)
        if isinstance(leak.per_month, NotObservable)
        else gettext("%(share)s reviews we hold, %(rate)s.", share=share, rate=said(leak.per_month))
    )
    return [
        f"{size} {_moving(leak.course)}.",
        *filter(None, [where, rivals]),
        gettext("Owner: %(owner)s. First fix: %(fix)s.", owner=leak.owner, fix=leak.fix),
        gettext("This week: %(step)s", step=leak.playbook["first"]),
    ]


def _moving(course: Course) -> str:
    """The direction with its two shares, as the first page tells it."""
    if not (course.now and course.before):
        return course.brief
    same = said(course.now) == said(course.before)
    return gettext(
        "%(brief)s: %(now)s %(lately)s, %(before)s %(earlier)s%(tail)s",
        brief=course.brief,
        now=said(course.now),
        lately=course.lately,
        before=gettext("about the same") if same else bare(course.before),
        earlier=course.earlier,
        tail="" if same else course.tail,
    )


def _where(spot: Spot) -> str:
    told = {"place": spot.name, "share": said(spot.share)}
    return (
        gettext("Worst at %(place)s: %(share)s.", **told)
        if spot.worse
        else gettext("Best at %(place)s: %(share)s.", **told)
    )


def _strength(report: Report) -> str:
    strength = report.first_page.strength
    if isinstance(strength, NotObservable):
        return because(strength)
    if report.thin:
        return gettext(
            "%(process)s: praised in %(cases)s of %(n)s we hold.",
            process=strength.title,
            cases=said(strength.cases),
            n=count(strength.share.n),
        )
    told = {"process": strength.title, "share": with_span(strength.share)}
    return gettext("%(process)s: %(share)s reviews we hold praise it.", **told)


def _sure(report: Report) -> list[str]:
    light = report.first_page.light
    if isinstance(light, NotObservable):
        graded = gettext("Evidence not graded: %(reason)s", reason=light.reason)
    else:
        graded = gettext("Evidence %(grade)s: %(says)s", grade=light.grade, says=light.says)
    checks = [
        gettext(
            "Checked by hand: %(right)s of %(of)s statements of “%(title)s” read rightly.",
            right=one.right,
            of=one.of,
            title=one.title,
        )
        for one in report.checks
    ]
    unread = [] if checks else [gettext("The words were read by a model; no person has checked the reading.")]
    return [graded, *report.first_page.reasons, *checks, *unread]


def _text(values: dict[str, Any]) -> str:
    report = values["report"]
    lines = [gettext(_STATES[report.state]), ""] if report.state in _STATES else []
    lines += [
        report.cover.business,
        gettext("%(title)s, as of %(day)s", title=report.cover.title, day=day(report.as_of)),
        "",
        values["first"].headline,
    ]
    for title, told in values["sections"]:
        if told:
            lines += ["", *([title.upper()] if title else []), *(f"- {line}" if title else line for line in told)]
    lines += ["", caveat(thin=report.thin), gettext("Audit %(audit)s", audit=values["audit_id"])]
    return shown("\n".join(lines)) + "\n"
