"""What a leak would be if it were as frequent as at the competitors' median: arithmetic, labelled so, no forecast."""

from __future__ import annotations

from statistics import median

from audits.analysis.values import Figure, Leak, NotObservable
from audits.catalogue import gettext, ngettext
from audits.report.evidence import Book, about
from audits.report.parts import Arithmetic
from audits.report.words import count, said

LEAST = 2
SAID = 0.1
"""Reviews a month: a difference below it would only be put in figures that nobody can use."""


def arithmetic(leak: Leak, title: str, book: Book) -> Arithmetic | NotObservable:
    """The median share of the competitors over the common months, and what our reviews a month would be at it."""
    if isinstance(leak.contrasts, NotObservable):
        return leak.contrasts
    if len(leak.contrasts) < LEAST:
        return NotObservable(
            reason=gettext("A median takes at least %(n)s competitors with reviews of the same months.", n=LEAST)
        )
    ours = leak.contrasts[0].ours
    middle = median(one.theirs.value for one in leak.contrasts)
    if ours.value <= middle:
        told = gettext("It is reported no more often here than at the competitors’ median.")
        return NotObservable(reason=told, brief=told)
    if isinstance(leak.per_month, NotObservable):
        return leak.per_month
    held = sum(one.theirs.n for one in leak.contrasts)
    at = Figure(value=middle, unit="share", n=held, method="arithmetic")
    if said(ours) == said(at):
        told = gettext("It is reported about as often here as at the competitors’ median.")
        return NotObservable(reason=told, brief=told)
    fewer = Figure(
        value=leak.per_month.value * (1 - middle / ours.value),
        unit="reviews a month",
        n=leak.per_month.n,
        method="arithmetic",
    )
    n = len(leak.contrasts)
    compared = ngettext(
        "%(ours)s here against %(theirs)s at the middle one of %(n)s competitor.",
        "%(ours)s here against %(theirs)s at the middle one of %(n)s competitors.",
        n,
        ours=said(ours),
        theirs=said(at),
        n=count(n),
    )
    return Arithmetic(
        median=book.number(at, about(title, gettext("competitors’ median"))),
        fewer=book.number(fewer, about(title, gettext("fewer at the median"))),
        sentence=f"{compared} {_fewer(fewer)}",
    )


def _fewer(fewer: Figure) -> str:
    if fewer.value < SAID:
        return gettext("The difference is less than one of the reviews we hold in ten months.")
    return gettext(
        "Were it the same here, about %(fewer)s fewer of the reviews we hold would report it. "
        "This is arithmetic on past reviews, not a forecast of what a repair would bring.",
        fewer=said(fewer),
    )
