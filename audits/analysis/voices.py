"""Voices other than customers' reviews (employees, mails, tickets, calls), each a panel of its own, never mixed in."""

from __future__ import annotations

from collections.abc import Sequence

from audits.analysis.heard import Heard
from audits.analysis.intervals import share
from audits.analysis.panel import Panel, panels
from audits.analysis.told import Voice
from audits.store.records import StoredReview

EMPLOYEES = ("glassdoor", "indeed", "kununu")
"""Sites on which those who work somewhere write."""
CHANNEL = "channel"
GAPS, LEAST = 3, 3


def voice(review: StoredReview) -> str | None:
    """Whose voice it is where it is no customer's review on a rating site."""
    return "Employees" if review.site in EMPLOYEES else review.attributes.get(CHANNEL)


def parted(held: Sequence[StoredReview], audited: str) -> tuple[list[StoredReview], list[StoredReview]]:
    """Customers' reviews and the other voices; a business of which only others are held is read from them."""
    others = [one for one in held if voice(one)]
    customers = [one for one in held if not voice(one)]
    if not any(one.business == audited for one in customers):
        return list(held), []
    return customers, [one for one in others if one.business == audited]


def voices(others: Sequence[StoredReview], said: Heard, period: tuple[str, str]) -> tuple[Voice, ...]:
    """A panel for each voice of the audited business, by name."""
    found = []
    for name in sorted({voice(one) or "" for one in others}):
        rows = [one for one in others if voice(one) == name]
        (panel,) = panels(businesses=[rows[0].business], period=period, reviews=rows, said=said).values()
        if panel.reviews:
            found.append(_voice(name, panel))
    return tuple(found)


def _voice(name: str, panel: Panel) -> Voice:
    days = sorted(one.posted_on for one in panel.reviews if one.posted_on)
    n = int(panel.readable.sum())
    counts = {gap: int((panel.hits[:, at] & panel.readable).sum()) for at, gap in enumerate(panel.gaps)}
    ranked = sorted((gap for gap in counts if counts[gap] >= LEAST), key=lambda gap: (-counts[gap], gap))[:GAPS]
    return Voice(
        name=name,
        held=len(panel.reviews),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        keys=tuple(one.key for one in panel.reviews),
        gaps=tuple(
            (gap, share(counts[gap], n, method="voice", evidence=panel.keys(panel.hits[:, panel.column(gap)])))
            for gap in ranked
        ),
    )
