"""What to do, by whom, from when, and how it will show: days are counted from the day of the evidence, not today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from audits.analysis.values import Leak, NotObservable
from audits.catalogue import gettext, ngettext
from audits.report.cover import Cover
from audits.report.parts import LeakPage
from audits.report.told import Action, Monday
from audits.report.words import count, day, decimal, said

COMMERCIAL = "commercial"
STEPS, LINES, NAMED = 3, 8, 3
LEAST_MONTHS = 3
WEEK = 7


def mondays(pages: Sequence[LeakPage]) -> tuple[Monday, ...]:
    """The first sentence of the first step of up to three leaks; what is commercial has no process to repair."""
    led = [page for page in pages if page.factor != COMMERCIAL][:STEPS]
    return tuple(
        Monday(gap=page.gap, title=page.title, owner=page.owner, step=_sentence(page.playbook["first"])) for page in led
    )


def actions(pages: Sequence[LeakPage], leaks: Sequence[Leak], cover: Cover, as_of: str) -> tuple[Action, ...]:
    """A line for each of the heaviest leaks of a process, in their order."""
    measured = {leak.gap: leak for leak in leaks}
    start = monday_after(date.fromisoformat(as_of[:10]))
    return tuple(
        _action(page, measured[page.gap], cover, start)
        for page in [page for page in pages if page.factor != COMMERCIAL][:LINES]
    )


def monday_after(day_of: date) -> date:
    """The first Monday that is at least a week after the evidence: time for the report to be read."""
    week = day_of + timedelta(days=WEEK)
    return week + timedelta(days=-week.weekday() % WEEK)


def _action(page: LeakPage, leak: Leak, cover: Cover, start: date) -> Action:
    months = max(LEAST_MONTHS, leak.visible_months)
    lately = page.course.now if page.course.trend in ("rising", "falling") else None
    own = next((kpi for kpi in cover.kpis if kpi.gap == page.gap), None)
    return Action(
        gap=page.gap,
        title=page.title,
        owner=page.owner,
        action=page.playbook["first"],
        named=named(page),
        place=worst(page),
        start=start.isoformat(),
        review_on=_later(start, months).isoformat(),
        now=lately or page.share,
        moving=lately is not None,
        watch=_watch(leak, months),
        own=f"{own.name}: {_plain(own.value)} {own.unit} ({day(own.as_of)})" if own else page.kpi,
        own_given=own is not None,
    )


def named(page: LeakPage) -> tuple[str, ...]:
    """What customers name most of it."""
    return tuple(theme.name for theme in page.themes[:NAMED])


def worst(page: LeakPage) -> str | None:
    """The location where it is worst, where one stands out so."""
    return page.spot.name if page.spot and page.spot.worse else None


def _watch(leak: Leak, months: int) -> str:
    if isinstance(leak.visible, NotObservable):
        return gettext("No change would be noticed in a few months.")
    least = said(leak.visible).lstrip("+")
    if hidden(leak):
        return ngettext(
            "After %(months)s month a rise of %(least)s or more would mostly be noticed; that the failing ended, not "
            "surely.",
            "After %(months)s months a rise of %(least)s or more would mostly be noticed; that the failing ended, not "
            "surely.",
            months,
            months=count(months),
            least=least,
        )
    return ngettext(
        "After %(months)s month a rise of %(least)s or more would mostly be noticed, and that the failing ended.",
        "After %(months)s months a rise of %(least)s or more would mostly be noticed, and that the failing ended.",
        months,
        months=count(months),
        least=least,
    )


def hidden(leak: Leak) -> bool:
    """Whether even the very end of the leak might look like chance."""
    return not isinstance(leak.visible, NotObservable) and not leak.end_visible


def _plain(value: float) -> str:
    return decimal(value, 0 if float(value).is_integer() else 1)


def _later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, 28))


def _sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."
