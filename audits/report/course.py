"""How a leak moves, in words: which months were compared, and where nothing can be told, which rule says so."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.months import month_number
from audits.analysis.values import Direction, NotObservable, Trend
from audits.catalogue import gettext
from audits.report.evidence import Book, about
from audits.report.parts import Course, LeakPage
from audits.report.told import Move
from audits.report.words import because, month, months, said, with_span

NAMED = 2
"""Rising leaks on the first page, and falling ones."""


def course(direction: Direction | NotObservable, title: str, book: Book) -> Course:
    """The direction as it is printed."""
    if isinstance(direction, NotObservable):
        return Course(sentence=because(direction), brief=direction.brief or because(direction))
    steady = direction.trend == "steady"
    word = _steady(direction) if steady else _moves(direction)
    now, before = _when(direction)
    # Two shares that read alike need no word on whether their difference is chance.
    same = said(direction.now) == said(direction.before)
    told = gettext(
        "%(course)s: %(now)s %(lately)s, against %(before)s %(earlier)s.",
        course=word,
        now=with_span(direction.now),
        lately=now,
        before=with_span(direction.before),
        earlier=before,
    )
    return Course(
        sentence=f"{told} {direction.doubt}" if steady and direction.doubt and not same else told,
        brief=word,
        tail=gettext(", which can be chance") if steady and direction.now.value != direction.before.value else "",
        trend=direction.trend,
        now=book.number(direction.now, f"{title}: {now}"),
        before=book.number(direction.before, f"{title}: {before}"),
        change=book.number(direction.change, about(title, gettext("change"))),
        since=direction.since,
        when=now,
        **_reach(direction),
    )


def moves(pages: Sequence[LeakPage]) -> tuple[Move, ...]:
    """The leaks that rise most, then those that fall most, NAMED of each at most."""
    return (*_moving(pages, "rising"), *_moving(pages, "falling"))


def _moving(pages: Sequence[LeakPage], trend: Trend) -> tuple[Move, ...]:
    found = []
    for page in pages:
        course = page.course
        if course.trend == trend and course.now and course.before:
            when = gettext("since %(month)s", month=month(course.since)) if course.since else course.when
            found.append(
                Move(gap=page.gap, title=page.title, trend=trend, before=course.before, now=course.now, when=when)
            )
    return tuple(sorted(found, key=lambda move: -abs(move.now.value - move.before.value))[:NAMED])


def _when(direction: Direction) -> tuple[str, str]:
    """The two windows in words."""
    if direction.months is None:
        return gettext("in the latest months"), gettext("before")
    now, before = direction.months
    return months(*now), months(*before)


def _reach(direction: Direction) -> dict[str, str]:
    """How far each window reaches: as many months where both have the same, so that neither is taken for all time."""
    lengths = {month_number(last) - month_number(first) + 1 for first, last in direction.months or ()}
    if direction.since or len(lengths) != 1:
        return {"lately": gettext("lately"), "earlier": gettext("before")}
    (length,) = lengths
    return {
        "lately": gettext("in the latest %(n)s months", n=length),
        "earlier": gettext("in the %(n)s before", n=length),
    }


def _moves(direction: Direction) -> str:
    rising = direction.trend == "rising"
    if not direction.since:
        return gettext("Rising") if rising else gettext("Falling")
    since = month(direction.since)
    return gettext("Rising since %(month)s", month=since) if rising else gettext("Falling since %(month)s", month=since)


def _steady(direction: Direction) -> str:
    """Two ranges that lie apart need a word, for the test that finds no change is the stricter one."""
    now, before = direction.now, direction.before
    if (now.high or 0) < (before.low or 0) or (now.low or 0) > (before.high or 0):
        return gettext("Lower, but not surely") if now.value < before.value else gettext("Higher, but not surely")
    return gettext("No change that can be told")
