"""Calendar months as numbers, and which months of a business are whole: only whole months are compared."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from audits.catalogue.forms import month

UNKNOWN = -1
EXPECTED = 3.0
"""A month counts as whole when fewer reviews than this would be expected in its unseen days (a gap of chance: 5%)."""
DAYS_A_MONTH = 30.4375
_PRECISE = (None, "day", "week", "month")


def month_number(posted_on: str | None, precision: str | None = "day") -> int:
    """Months since year 0 of an ISO date; UNKNOWN where the date is missing or known to the year only."""
    if not posted_on or precision not in _PRECISE or len(posted_on) < 7:
        return UNKNOWN
    return _number(posted_on[:7])


@lru_cache(4_096)  # millions of reviews are of a few hundred months
def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_name(number: int) -> str:
    """YYYY-MM."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_words(number: int) -> str:
    """September 2023."""
    return month(month_name(number))


def first_day(number: int) -> str:
    return f"{month_name(number)}-01"


def last_day(number: int) -> str:
    return f"{month_name(number)}-{monthrange(number // 12, number % 12 + 1)[1]:02d}"


def span_in_months(first: str, last: str) -> float:
    """Length of a span of ISO dates, both ends included, in mean months; at least one month."""
    days = (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days + 1
    return max(1.0, days / DAYS_A_MONTH)


def whole_months(days: Iterable[str]) -> tuple[int, int] | None:
    """First and last month that the dated reviews cover whole (both included), or None where there is none.

    `days` are ISO dates, precise to the month at least. The month of the first and of the last review is dropped where
    the unseen days before or after it would, at the pace of the nearest 90 days, have held EXPECTED reviews or more.
    """
    seen = {date.fromisoformat(day): held for day, held in Counter(day[:10] for day in days).items()}
    if not seen:
        return None
    first, last = min(seen), max(seen)
    quarter = timedelta(days=90)
    opening = sum(held for day, held in seen.items() if day < first + quarter) / 90
    closing = sum(held for day, held in seen.items() if day > last - quarter) / 90
    low = first.year * 12 + first.month - 1
    high = last.year * 12 + last.month - 1
    if (first.day - 1) * opening >= EXPECTED:
        low += 1
    if (monthrange(last.year, last.month)[1] - last.day) * closing >= EXPECTED:
        high -= 1
    return (low, high) if low <= high else None


def months_alone(months: Sequence[int], seen: str) -> tuple[int, int] | None:
    """First and last whole month of reviews whose months are all that is known, and which were last `seen` that day.

    The last is dropped where its days after that would, at the pace of the latest three months, have held EXPECTED
    reviews or more. The first of a month is what stands for a day that nobody knows: it tells nothing.
    """
    if not months:
        return None
    low, high = min(months), max(months)
    if seen[:7] == month_name(high) and (day := int(seen[8:10])) > 1:
        late = max(low, high - 2)
        days = (date.fromisoformat(seen[:10]) - date.fromisoformat(first_day(late))).days + 1
        pace = sum(month >= late for month in months) / days
        if (int(last_day(high)[8:]) - day) * pace >= EXPECTED:
            high -= 1
    return (low, high) if low <= high else None
