"""Which statements show a gap best: sure, borne out by the stars, short, recent; one a review, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from audits.analysis.complaints import shifts
from audits.analysis.model import model
from audits.analysis.panel import Panel
from audits.analysis.values import Statement
from audits.store.records import StoredReview

SHORT, LONG = 5, 25
"""Words: a fragment says too little, and a quote is cut at LONG."""
RECENT_MONTHS = 12
OUTSPOKEN = 2.0
"""How much more the words alone must complain than praise."""
PERSON = 1.0
"""Confidence of a gap that a person gave."""


def telling(panel: Panel, statements: Iterable[Statement], gap: str) -> tuple[Statement, ...]:
    """All statements, most telling first; a review's second statement stands behind every review's first."""

    def rank(statement: Statement) -> tuple[float, str, str, int]:
        return (
            -_worth(statement, gap, panel.by_key[statement.review], panel.latest),
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


def outspoken(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Those that complain by their words alone, whatever the stars, in their order; what a person read stays.

    Who reads a quote does not read the bad review around it: what it says of fresh sheets would be praise, and where
    the gym is would be a plain fact.
    """
    if not statements:
        return ()
    texts = [one.text for one in statements]
    kinds = model().scores(texts, shifts(texts, [None] * len(texts), [one.flags for one in statements])).kinds
    complains = ((kinds[:, 0] >= OUTSPOKEN * kinds[:, 1]) & (kinds[:, 0] >= kinds[:, 2])).tolist()
    return tuple(
        one
        for one, plain in zip(statements, complains, strict=True)
        if plain or any(score.confidence >= PERSON for score in one.gaps)
    )


def _worth(statement: Statement, gap: str, review: StoredReview, latest: str) -> float:
    """0–4.5: surely of the gap, surely a complaint (or praise), borne out by the stars, of a quotable length, new."""
    confidence = max((score.confidence for score in statement.gaps if score.gap == gap), default=0.0)
    certain = abs(statement.complaint - 0.5) * 2
    words = len(statement.text.split())
    length = 1.0 if SHORT <= words <= LONG else 0.3
    return confidence + certain + _borne_out(statement, review) + length + _recency(review.posted_on or "", latest) / 2


def _borne_out(statement: Statement, review: StoredReview) -> float:
    """How well the stars agree with what is said: one star with a complaint, five with praise; half without stars."""
    if review.rating is None:
        return 0.5
    pleased = (review.rating - 1) / 4
    return 1 - pleased if statement.complaint >= 0.5 else pleased


@lru_cache(4_096)  # statements are of a few thousand days
def _recency(posted: str, latest: str) -> float:
    """1 for the newest review, 0 from a year before it on."""
    if len(posted) < 7 or len(latest) < 7:
        return 0.0
    months = (int(latest[:4]) - int(posted[:4])) * 12 + int(latest[5:7]) - int(posted[5:7])
    return max(0.0, 1 - months / RECENT_MONTHS)
