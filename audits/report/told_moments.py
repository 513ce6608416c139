"""Moments of truth: grave cases newest first, the unanswered marked, and those that were handled well."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.severity import raised_until
from audits.analysis.told import Moment
from audits.analysis.values import Figure, Findings, NotObservable
from audits.catalogue import gettext, marked
from audits.report.evidence import about
from audits.report.leaks import Desk
from audits.report.parts import Quote
from audits.report.quotes import alike, around, quotable, web_link, within
from audits.report.told import Case, Moments
from audits.report.words import inside, listed

SHOWN, HANDLED = 10, 4
GRAVE, PRAISED = marked("Grave"), marked("Praised")


def moments(findings: Findings, desk: Desk) -> Moments | NotObservable:
    """The section's content; not observable where nothing was measured."""
    measures = findings.measures
    if measures is None:
        return NotObservable(reason=gettext("No case was read."))
    held = [case for case in measures.moments if case.review in desk.reviews]
    well = _each_wording([case for case in measures.handled if case.review in desk.reviews])
    any_reply = any(one.reply_text for one in desk.reviews.values() if one.business == desk.cover.business)
    unanswered = [case.review for case in held if not desk.reviews[case.review].reply_text]
    return Moments(
        cases=desk.book.number(
            _count([case.review for case in held], findings), about(gettext("Moments of truth"), gettext("grave cases"))
        ),
        unanswered=desk.book.number(
            _count(unanswered, findings), about(gettext("Moments of truth"), gettext("without a public reply"))
        )
        if any_reply
        else NotObservable(reason=gettext("The sources hold no replies.")),
        kinds=tuple(dict.fromkeys(gettext(kind) for case in held for kind in case.kinds or (GRAVE,))),
        newest=tuple(_case(case, desk, any_reply=any_reply) for case in held[:SHOWN]),
        more=max(0, len(held) - SHOWN),
        handled=tuple(_case(case, desk, any_reply=any_reply, kind=PRAISED) for case in well[:HANDLED]),
        handled_more=max(0, len(well) - HANDLED),
    )


def _count(keys: Sequence[str], findings: Findings) -> Figure:
    n = findings.audited.reviews
    return Figure(value=float(len(keys)), unit="reviews", n=n, method="moments", evidence=tuple(sorted(keys)))


def _each_wording(cases: Sequence[Moment]) -> list[Moment]:
    """The first of those that say the same in nearly the same words."""
    found: list[Moment] = []
    for case in cases:
        if not any(alike(case.statement.text, other.statement.text) for other in found):
            found.append(case)
    return found


def _case(case: Moment, desk: Desk, *, any_reply: bool, kind: str = GRAVE) -> Case:
    review, told = desk.reviews[case.review], case.statement
    kinds = tuple(gettext(kind) for kind in case.kinds or (kind,))
    quote = Quote(
        text=around(told.text, raised_until(told.text, "grave")) if quotable(told.text) else within(told, review),
        review=review.key,
        stars=review.rating,
        posted_on=review.posted_on,
        precision=review.posted_precision,
        site=review.site,
        link=web_link(review.url),
        location=review.location,
    )
    return Case(
        kinds=kinds,
        review=review.key,
        evidence=desk.book.hold([review.key], about(gettext("Moments of truth"), inside(listed(kinds)))),
        posted_on=review.posted_on,
        precision=review.posted_precision,
        stars=review.rating,
        site=review.site,
        location=review.location,
        quote=None if desk.cover.confidential else quote,
        answered=bool(review.reply_text) if any_reply else None,
        righted=case.righted,
    )
