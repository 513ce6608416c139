"""How a leak moves, in words: which months were compared, and where nothing can be told, which rule says so."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.values import Direction, NotObservable, Trend
from audits.report.evidence import Book
from audits.report.model import Move
from audits.report.parts import Course, LeakPage
from audits.report.words import because, month, months, with_span

NAMED = 2
"""Rising leaks on the first page, and falling ones."""


def course(direction: Direction | NotObservable, title: str, book: Book) -> Course:
    """The direction as it is printed."""
    if isinstance(direction, NotObservable):
        return Course(sentence=because(direction), brief=direction.brief or because(direction))
    steady = direction.trend == "steady"
    since = f" since {month(direction.since)}" if direction.since else ""
    word = _steady(direction) if steady else direction.trend.capitalize() + since
    now, before = _when(direction)
    compared = f"{with_span(direction.now)} {now}, against {with_span(direction.before)} {before}."
    return Course(
        sentence=f"{word}: {compared} {direction.doubt}" if steady and direction.doubt else f"{word}: {compared}",
        brief=word,
        tail=", which can be chance" if steady and direction.now.value != direction.before.value else "",
        trend=direction.trend,
        now=book.number(direction.now, f"{title}: {now}"),
        before=book.number(direction.before, f"{title}: {before}"),
        change=book.number(direction.change, f"{title}: change"),
        since=direction.since,
        when=now,
    )


def moves(pages: Sequence[LeakPage]) -> tuple[Move, ...]:
    """The leaks that rise most, then those that fall most, NAMED of each at most."""
    return (*_moving(pages, "rising"), *_moving(pages, "falling"))


def _moving(pages: Sequence[LeakPage], trend: Trend) -> tuple[Move, ...]:
    found = []
    for page in pages:
        course = page.course
        if course.trend == trend and course.now and course.before:
            when = f"since {month(course.since)}" if course.since else course.when
            found.append(
                Move(gap=page.gap, title=page.title, trend=trend, before=course.before, now=course.now, when=when)
            )
    return tuple(sorted(found, key=lambda move: -abs(move.now.value - move.before.value))[:NAMED])


def _when(direction: Direction) -> tuple[str, str]:
    """The two windows in words."""
    if direction.months is None:
        return "in the latest months", "before"
    now, before = direction.months
    return months(*now), months(*before)


def _steady(direction: Direction) -> str:
    """Two ranges that lie apart need a word, for the test that finds no change is the stricter one."""
    now, before = direction.now, direction.before
    if (now.high or 0) < (before.low or 0) or (now.low or 0) > (before.high or 0):
        return "Lower, but not surely" if now.value < before.value else "Higher, but not surely"
    return "No change that can be told"
