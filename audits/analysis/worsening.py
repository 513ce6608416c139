"""Whether a gap's share has risen, told at most once a year falsely over all gaps and places of an engagement.

At the end of each month an exact test compares the last months with the year before them: given how many reviews
complained in both together, how likely is it that so many fall into the last ones? Reviews come in clusters, so counts
are first divided by the dispersion that the stream's own year and its place's other streams show (quasi-likelihood,
Wedderburn 1974); and the same months of a year ago must have been lower too, so that a season alone is not told. The
year's budget of false alerts is spent evenly over the months and over every stream that is looked at, so the tests need
not be independent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOW, BEFORE = 3, 12
"""Months that are compared: three hold enough of a small place, and the year before begins with the same season."""
SAME_SEASON = 0.05
"""How unlikely the last months must be beside the same ones of a year ago."""
FALSE_A_YEAR = 0.25
"""False alerts that chance alone may raise in a year. It is a quarter of what is promised: a year shows its dispersion
only roughly (`benchmarks.alerts` measures what is left)."""
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
    spread = {place: wavering([held for (_, at), held in streams.items() if at == place]) for _, place in streams}
    ordered = sorted(streams.items(), key=_order)
    found = [tested(gap, place, months, spread[place]) for (gap, place), months in ordered]
    return [each for each in found if each is not None and each.odds < alpha]


def _order(item: tuple[tuple[str, str | None], Sequence[Month]]) -> tuple[str, str]:
    return item[0][0], item[0][1] or ""


def tested(gap: str, location: str | None, months: Sequence[Month], wavers: float = 0.0) -> Worse | None:
    """The exact one-sided test of a stream; None where it has too few months or cases, or only its season is back."""
    if len(months) < NOW + BEFORE:
        return None
    last, year = months[-NOW:], months[-NOW - BEFORE : -NOW]
    now, before, season = _sum(last), _sum(year), _sum(year[:NOW])
    if now[0] < FEWEST or not before[1] or now[0] * before[1] <= before[0] * now[1]:
        return None
    spread = max(dispersion(year), 1 + wavers * before[0] / BEFORE)
    if season[0] and _odds(now, season, spread) > SAME_SEASON:
        return None
    odds = _odds(now, before, spread)
    return Worse(gap=gap, location=location, month=months[-1][0], now=now, before=before, odds=odds)


def dispersion(months: Sequence[Month]) -> float:
    """Variance of the monthly counts over what a steady share allows (by Pearson's statistic), at least 1."""
    hits, reviews = _sum(months)
    share = hits / reviews if reviews else 0.0
    if not 0 < share < 1:
        return 1.0
    told = [(count - n * share) ** 2 / (n * share * (1 - share)) for _, count, n in months if n]
    return max(1.0, sum(told) / max(1, len(told) - 1))


def wavering(streams: Sequence[Sequence[Month]]) -> float:
    """By how much months waver beyond chance: their squared coefficient of variation, by moments, of all streams.

    One stream shows it in a year only roughly; the gaps of one place, whose reviews come together, show it together.
    """
    beyond = expected = 0.0
    for months in streams:
        year = months[-NOW - BEFORE : -NOW]
        hits, reviews = _sum(year)
        share = hits / reviews if reviews else 0.0
        for _, count, n in year:
            beyond += (count - n * share) ** 2 * BEFORE / (BEFORE - 1) - n * share * (1 - share)
            expected += (n * share) ** 2
    return max(0.0, beyond / expected) if expected else 0.0


def _odds(now: tuple[int, int], before: tuple[int, int], spread: float) -> float:
    """Fisher's one-sided test on the counts that independent reviews would have given as much evidence with."""
    from scipy.stats import hypergeom

    hits, reviews, hits_before, reviews_before = (round(each / spread) for each in (*now, *before))
    return float(hypergeom.sf(hits - 1, reviews + reviews_before, hits + hits_before, reviews))


def _sum(months: Sequence[Month]) -> tuple[int, int]:
    return sum(hits for _, hits, _ in months), sum(reviews for _, _, reviews in months)
