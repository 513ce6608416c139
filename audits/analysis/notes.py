"""What a reader must know beside the figures: what is left out, and what has no place."""

from __future__ import annotations

from collections.abc import Mapping

from audits.analysis.contrasts import Window
from audits.analysis.months import UNKNOWN
from audits.analysis.panel import Panel
from audits.analysis.values import NotObservable


def notes(
    audited: Panel,
    competitors: Mapping[str, Panel],
    window: Window | NotObservable,
) -> tuple[str, ...]:
    """Sentences, in a fixed order."""
    found = [_left_out(audited.copies, audited.business)] if audited.copies else []
    theirs = sum(panel.copies for panel in competitors.values())
    found += [_left_out(theirs, "competitors")] if theirs else []
    undated = int((audited.month == UNKNOWN).sum())
    if undated:
        found.append(
            f"{_reviews(undated)} of {audited.business} without a date precise to the month count in shares and stars, "
            f"and in no month."
        )
    if not isinstance(window, NotObservable):
        found += list(window.unlike.values())
        found += [
            f"{name} is not compared: too few readable reviews in the common window, or none."
            for name in window.left_out
        ]
    return tuple(found)


def _left_out(number: int, whose: str) -> str:
    verb = "copies another and is" if number == 1 else "copy others and are"
    return f"{_reviews(number)} of {whose} {verb} left out of every figure."


def _reviews(number: int) -> str:
    return f"{number:,} review" if number == 1 else f"{number:,} reviews"
