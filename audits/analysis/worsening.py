"""Whether a gap's share has risen, told at most once a year falsely over all gaps and places of an engagement.

At the end of each month an exact test compares the last months with the year before them: given how many reviews
complained in both together, how likely is it that so many fall into the last ones? The year's budget of false alerts
is spent evenly over the months and over every stream that is looked at, so the tests need not be independent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOW, BEFORE = 3, 12
"""Months that are compared: a season is in neither alone, and three months hold enough of a small place."""
FALSE_A_YEAR = 0.25
"""False alerts that chance alone may raise in a year. It is a quarter of what is promised: real reviews come in
clusters that the test does not know of (`benchmarks.alerts` measures what is left)."""
LOOKS = 12
FEWEST = 5
"""Reviews with the gap in the last months: fewer are cases, whatever the odds."""

Month = tuple[str, int, int]
"""(month, reviews with the gap, reviews)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worse:
    """One stream that has risen: hits and reviews of the last months and of those before."""

    gap: str
    location: str | None
    month: str
    now: tuple[int, int]
    before: tuple[int, int]
    odds: float

    @property
    def new(self) -> bool:
        """Whether it was next to unknown before."""
        return self.before[0] == 0


def worse(streams: Mapping[tuple[str, str | None], Sequence[Month]], looked_at: int | None = None) -> list[Worse]:
    """The streams (gap, location) that have risen; months are complete, consecutive and end together.

    `looked_at` is the number of streams that could have been told of, where that is more than were given.
    """
    alpha = FALSE_A_YEAR / LOOKS / max(looked_at or 0, len(streams), 1)
    found = [tested(gap, location, months) for (gap, location), months in sorted(streams.items(), key=_order)]
    return [each for each in found if each is not None and each.odds < alpha]


def _order(item: tuple[tuple[str, str | None], Sequence[Month]]) -> tuple[str, str]:
    return item[0][0], item[0][1] or ""


def tested(gap: str, location: str | None, months: Sequence[Month]) -> Worse | None:
    """The exact one-sided test of a stream; None where it has too few months or cases."""
    from scipy.stats import hypergeom

    if len(months) < NOW + BEFORE:
        return None
    now, before = _sum(months[-NOW:]), _sum(months[-NOW - BEFORE : -NOW])
    if now[0] < FEWEST or not before[1]:
        return None
    odds = float(hypergeom.sf(now[0] - 1, now[1] + before[1], now[0] + before[0], now[1]))
    return Worse(gap=gap, location=location, month=months[-1][0], now=now, before=before, odds=odds)


def _sum(months: Sequence[Month]) -> tuple[int, int]:
    return sum(hits for _, hits, _ in months), sum(reviews for _, _, reviews in months)
