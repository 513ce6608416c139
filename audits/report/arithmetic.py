"""What a leak would be if it were as frequent as at the competitors' median: arithmetic, labelled so, no forecast."""

from __future__ import annotations

from statistics import median

from audits.analysis.values import Figure, Leak, NotObservable
from audits.report.evidence import Book
from audits.report.parts import Arithmetic
from audits.report.words import said

LEAST = 2
SAID = 0.1
"""Reviews a month: a difference below it would only be put in figures that nobody can use."""


def arithmetic(leak: Leak, title: str, book: Book) -> Arithmetic | NotObservable:
    """The median share of the competitors over the common months, and what our reviews a month would be at it."""
    if isinstance(leak.contrasts, NotObservable):
        return leak.contrasts
    if len(leak.contrasts) < LEAST:
        return NotObservable(reason=f"A median takes at least {LEAST} competitors with reviews of the same months.")
    ours = leak.contrasts[0].ours
    middle = median(one.theirs.value for one in leak.contrasts)
    if ours.value <= middle:
        return NotObservable(reason="It is reported no more often here than at the competitors' median.")
    n = sum(one.theirs.n for one in leak.contrasts)
    at = Figure(value=middle, unit="share", n=n, method="arithmetic")
    fewer = Figure(
        value=leak.per_month.value * (1 - middle / ours.value),
        unit="reviews a month",
        n=leak.per_month.n,
        method="arithmetic",
    )
    compared = f"{said(ours)} here against {said(at)} at the middle one of {len(leak.contrasts)} competitors."
    return Arithmetic(
        median=book.number(at, f"{title}: competitors’ median"),
        fewer=book.number(fewer, f"{title}: fewer at the median"),
        sentence=f"{compared} {_fewer(fewer)}",
    )


def _fewer(fewer: Figure) -> str:
    if fewer.value < SAID:
        return "The difference is too small to put in figures."
    return (
        f"Were it the same here, about {said(fewer)} fewer of the reviews we hold would report it. This is arithmetic "
        f"on past reviews, not a forecast of what a repair would bring."
    )
