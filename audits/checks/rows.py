"""Which staged rows are set aside, each with its reason; what is left may be stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from audits.store.records import BAD_RATING, FUTURE, NO_DATE, NOTHING_SAID, SAME_ID
from spiders.items import Review

TOLERANCE = timedelta(days=1)
"""A site east of Greenwich may already be in tomorrow."""


def quarantined(rows: Sequence[Review], latest: date | None) -> list[tuple[int, str]]:
    """(row, reason) for each row that is set aside; `latest` is the last day a review may bear, None if not known."""
    aside = []
    seen: set[str | None] = set()
    for number, review in enumerate(rows):
        reason = _reason(review, latest) or (SAME_ID if review.id in seen else None)
        if reason is None:
            seen.add(review.id)
        else:
            aside.append((number, reason))
    return aside


def latest_day(as_of: str | None) -> date | None:
    """The last day a review may bear that was collected at `as_of` (ISO)."""
    return None if as_of is None else date.fromisoformat(as_of[:10]) + TOLERANCE


def day(written: str | None) -> date | None:
    """The day of an ISO date, None where there is none or it is not in the calendar."""
    try:
        return None if written is None else date.fromisoformat(written[:10])
    except ValueError:
        return None


def counted(aside: Sequence[tuple[int, str]]) -> list[str]:
    """A sentence a reason, most frequent first."""
    reasons = Counter(reason for _, reason in aside)
    return [
        f"{rows} {'row was' if rows == 1 else 'rows were'} set aside: {why}." for why, rows in reasons.most_common()
    ]


def _reason(review: Review, latest: date | None) -> str | None:
    if review.rating is not None and not 1 <= review.rating <= 5:
        return BAD_RATING
    if review.posted.on is not None and (posted := day(review.posted.on)) is None:
        return NO_DATE
    if review.posted.on is not None and latest is not None and posted is not None and posted > latest:
        return FUTURE
    if review.rating is None and review.recommended is None and not said(review):
        return NOTHING_SAID
    return None


def said(review: Review) -> bool:
    """Whether a review has words, in its title or its text."""
    return bool((review.text or "").strip() or (review.title or "").strip())
