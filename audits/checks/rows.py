"""Which staged rows are set aside, each with its reason; what is left may be stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from audits.checks.marks import Marks, day
from audits.store.records import BAD_RATING, FUTURE, NO_DATE, NOTHING_SAID, SAME_ID

TOLERANCE = timedelta(days=1)
"""A site east of Greenwich may already be in tomorrow."""


def quarantined(rows: Sequence[Marks], latest: date | None) -> list[tuple[int, str]]:
    """(row, reason) for each row that is set aside; `latest` is the last day a review may bear, None if not known."""
    aside = []
    seen: set[str | None] = set()
    for number, row in enumerate(rows):
        reason = _reason(row, latest) or (SAME_ID if row.id in seen else None)
        if reason is None:
            seen.add(row.id)
        else:
            aside.append((number, reason))
    return aside


def latest_day(as_of: str | None) -> date | None:
    """The last day a review may bear that was collected at `as_of` (ISO)."""
    return None if as_of is None else date.fromisoformat(as_of[:10]) + TOLERANCE


def counted(aside: Sequence[tuple[int, str]]) -> list[str]:
    """A sentence a reason, most frequent first."""
    reasons = Counter(reason for _, reason in aside)
    return [
        f"{rows} {'row was' if rows == 1 else 'rows were'} set aside: {why}." for why, rows in reasons.most_common()
    ]


def _reason(row: Marks, latest: date | None) -> str | None:
    if row.rating is not None and not 1 <= row.rating <= 5:
        return BAD_RATING
    if row.posted_on is not None and (posted := day(row.posted_on)) is None:
        return NO_DATE
    if row.posted_on is not None and latest is not None and posted is not None and posted > latest:
        return FUTURE
    return None if row.rated or row.said else NOTHING_SAID
