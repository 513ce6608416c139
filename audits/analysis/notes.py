"""What a reader must know beside the figures: what is left out, and what has no place."""

from __future__ import annotations

from collections.abc import Mapping

from audits.analysis.contrasts import Window
from audits.analysis.months import UNKNOWN
from audits.analysis.panel import Panel
from audits.analysis.values import NotObservable
from audits.catalogue import gettext, ngettext
from audits.catalogue.forms import count
from audits.checks.minhash import MIN_WORDS


def notes(
    audited: Panel,
    competitors: Mapping[str, Panel],
    window: Window | NotObservable,
) -> tuple[str, ...]:
    """Sentences, in a fixed order."""
    found = [_left_out(audited.copies, audited.business)] if audited.copies else []
    theirs = sum(panel.copies for panel in competitors.values())
    found += [_left_out(theirs, gettext("competitors"))] if theirs else []
    undated = int((audited.month == UNKNOWN).sum())
    if undated:
        found.append(
            ngettext(
                "%(n)s review of %(business)s without a date precise to the month counts in shares and stars, and in "
                "no month.",
                "%(n)s reviews of %(business)s without a date precise to the month count in shares and stars, and in "
                "no month.",
                undated,
                n=count(undated),
                business=audited.business,
            )
        )
    if not isinstance(window, NotObservable):
        found += list(window.unlike.values())
        found += [
            gettext(
                "%(name)s is not compared: with it, the months that all share would hold too few reviews.", name=name
            )
            for name in window.left_out
        ]
    return tuple(found)


def _left_out(number: int, whose: str) -> str:
    return ngettext(
        "%(n)s review of %(business)s in the period copies another in %(words)s words or more and is left out of every "
        "figure.",
        "%(n)s reviews of %(business)s in the period copy others in %(words)s words or more and are left out of every "
        "figure.",
        number,
        words=MIN_WORDS,
        n=count(number),
        business=whose,
    )
