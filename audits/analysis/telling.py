"""Which statements show a gap best: confident, short, recent; one a review, in an order that is always the same."""

from __future__ import annotations

from collections.abc import Iterable

from audits.analysis.panel import Panel
from audits.analysis.values import Statement

SHORT, LONG = 5, 25
"""Words: a fragment says too little, and a quote is cut at LONG."""
RECENT_MONTHS = 12


def telling(panel: Panel, statements: Iterable[Statement], gap: str) -> tuple[Statement, ...]:
    """All statements, most telling first; a review's second statement stands behind every review's first."""
    posted = {review.key: review.posted_on or "" for review in panel.reviews}
    latest = max(posted.values(), default="")[:10]

    def rank(statement: Statement) -> tuple[float, str, str, int]:
        return (
            -_worth(statement, gap, posted[statement.review], latest),
            statement.review,
            statement.field,
            statement.start,
        )

    ordered = sorted(statements, key=rank)
    seen: set[str] = set()
    first: list[Statement] = []
    later: list[Statement] = []
    for statement in ordered:
        (later if statement.review in seen else first).append(statement)
        seen.add(statement.review)
    return (*first, *later)


def _worth(statement: Statement, gap: str, posted: str, latest: str) -> float:
    """0–4: confidence in the gap, certainty that it is a complaint (or praise), a quotable length, recency."""
    confidence = max((score.confidence for score in statement.gaps if score.gap == gap), default=0.0)
    certain = abs(statement.complaint - 0.5) * 2
    words = len(statement.text.split())
    length = 1.0 if SHORT <= words <= LONG else 0.3
    return confidence + certain + length + _recency(posted, latest)


def _recency(posted: str, latest: str) -> float:
    """1 for the newest review, 0 from a year before it on."""
    if len(posted) < 7 or len(latest) < 7:
        return 0.0
    months = (int(latest[:4]) - int(posted[:4])) * 12 + int(latest[5:7]) - int(posted[5:7])
    return max(0.0, 1 - months / RECENT_MONTHS)
