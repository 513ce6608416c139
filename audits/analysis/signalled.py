"""Which reviews of the audited business call for the platform's check: signals, never a verdict on anybody.

To what the texts, dates and authors tell (`audits.checks.authenticity`) come two signals that the statements tell:
`stars`, where they say the opposite of everything that is written, and `elsewhere`, where the review speaks of another
business. Every leak is measured with and without them; copies, which are in no figure, are in neither share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from audits.analysis.heard import is_complaint
from audits.analysis.panel import Panel
from audits.analysis.values import Statement
from audits.store.records import StoredReview

ANY = "any"
"""In counts by signal: every review that one or more of several point to."""
HIGH, LOW = 5.0, 1.0
TOLD = 2
"""Statements that all say the opposite of the stars; one may be misread."""
NAMED = 2
"""Times that a review names a competitor and never the business it stands under."""


def signalled(
    panel: Panel, signals: Mapping[str, Sequence[str]], names: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """Review key → its signals, of the reviews of the panel; `signals` are those that need no statement."""
    inside = {review.key for review in panel.reviews}
    told = {key: set(found) for key, found in signals.items() if key in inside}
    others = [_Name(name) for name in names if name != panel.business]
    own = _Name(panel.business)
    for review in panel.reviews:
        said = panel.statements[review.key]
        if _against(review.rating, said, panel.threshold):
            told.setdefault(review.key, set()).add("stars")
        if _of_another(review, said, own, others):
            told.setdefault(review.key, set()).add("elsewhere")
    return {key: tuple(sorted(found)) for key, found in sorted(told.items())}


def _against(rating: float | None, said: Sequence[Statement], threshold: float) -> bool:
    """Five stars over nothing but complaints, or one star over nothing but praise."""
    if rating is None or LOW < rating < HIGH:
        return False
    complaints = sum(is_complaint(one, threshold) for one in said)
    praise = sum(one.outside == "praise" for one in said)
    return (complaints if rating >= HIGH else praise) >= TOLD and not (praise if rating >= HIGH else complaints)


class _Name:
    """A business's name, looked for as words of their own in whatever capitals."""

    def __init__(self, name: str) -> None:
        self._small = name.lower() if name.isascii() else ""
        self._words = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)

    def times(self, text: str) -> int:
        """How often it stands in the text: mostly never, which small letters tell sooner than the pattern does."""
        if text.isascii() and self._small not in text.lower():
            return 0
        return len(self._words.findall(text))


def _of_another(review: StoredReview, said: Sequence[Statement], own: _Name, others: Sequence[_Name]) -> bool:
    outside = [one.outside == "other-business" for one in said if one.outside not in ("neutral", None) or one.gaps]
    if outside and all(outside):
        return True
    text = f"{review.title or ''}\n{review.text or ''}"
    return any(other.times(text) >= NAMED for other in others) and not own.times(text)
