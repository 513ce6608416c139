"""On which scale a rating column is written: proved by its values, split by date where it holds two, else refused."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

ASK = "Say it in the listing: scale = 5 (or 10, or 100)"
_BEYOND_CHANCE = 1e-6
"""How improbable a run without any high value must be on the larger scale before it proves the smaller one."""
_DOUBT = 1e-3
"""How improbable it must be before a row next to the change is no longer in doubt."""
_FEWEST = 10
"""Values above 5 that a change of scale must show: fewer are slips of the pen."""


@dataclass(slots=True)
class Marks:
    """Ratings of one file as counted: in all, and by day as (rows up to 5, rows above 5)."""

    values: Counter[float] = field(default_factory=Counter)
    days: dict[str, list[int]] = field(default_factory=dict)
    undated: int = 0

    def see(self, value: float, day: str | None) -> None:
        """One rating and its day."""
        self.values[value] += 1
        if day is None:
            self.undated += 1
        else:
            self.days.setdefault(day, [0, 0])[value > 5] += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """The scale of each day. Between `doubtful_from` and `start` (or `end` and `doubtful_to`) no scale is proved."""

    scale: str
    how: str
    second: str | None = None
    start: str = ""
    end: str = "9999"
    doubtful_from: str = ""
    doubtful_to: str = ""

    def on(self, day: str | None) -> str | None:
        """The scale of a rating given that day; None where it is in doubt."""
        if self.second is None:
            return self.scale
        if day is None:
            return None
        if self.start <= day <= self.end:
            return self.second
        doubtful = (self.doubtful_from and self.doubtful_from <= day < self.start) or self.end < day <= self.doubtful_to
        return None if doubtful else self.scale


def declared(top: float, marks: Marks) -> Scales:
    """The scale that the engagement gives by its highest mark; it starts at 0 where 0 is used and stars are not.

    Shares of one start there as well: a workbook holds "80%" as 0.8.
    """
    low = 0 if top > 10 or top <= 1 or (top > 5 and marks.values[0.0]) else 1
    return Scales(scale=f"{low}-{top:g}", how="given in the engagement file")


def scales(marks: Marks, *, changed_form: Iterable[str] = ()) -> Scales | str:
    """The scale or scales of a column, or the sentence that says why none is proved.

    `changed_form` are days from which another column of the file begins to be filled: they prove the very day.
    """
    values = marks.values
    low, high = min(values, default=0.0), max(values, default=0.0)
    if not values:
        return "no rating could be read"
    if low < 0 or high > 100:
        return f"ratings run from {low:g} to {high:g}, which is no scale of reviews"
    if high <= 1 and any(0 < value < 1 and value != 0.5 for value in values):
        return Scales(scale="0-1", how=f"values are shares, from {low:g} to {high:g}")
    if high <= 5:
        return _up_to_five(low, high)
    if high > 10:
        return Scales(scale="0-100", how=f"values run up to {high:g}") if high > 50 else _unsure(low, high)
    above = sum(count for value, count in values.items() if value > 5)
    if marks.days and (found := _split(marks, above, frozenset(changed_form))) is not None:
        return found
    whole = sum(values.values())
    if high == 10 and above >= 0.2 * whole and not _early_run(marks):
        return Scales(scale=f"{0 if low == 0 else 1}-10", how=f"{above} of {whole} values are above 5, up to 10")
    return (
        f"{above} of {whole} ratings are above 5 and the rest is not, and no date divides them: "
        "one column seems to hold two scales"
    )


def _up_to_five(low: float, high: float) -> Scales | str:
    if low >= 1 and high == 5:
        return Scales(scale="1-5", how="values run from 1 to 5" if low == 1 else f"values run from {low:g} to 5")
    return _unsure(low, high)


def _unsure(low: float, high: float) -> str:
    return f"ratings run from {low:g} to {high:g}, which does not tell the scale"


def first_high_day(marks: Marks) -> str | None:
    """The first day with a rating above 5, where a second scale could begin."""
    return min((day for day, (_, above) in marks.days.items() if above), default=None)


def _early_run(marks: Marks) -> bool:
    """Whether the file starts with more low ratings than one scale explains."""
    first = first_high_day(marks)
    if first is None:
        return False
    before = sum(low for day, (low, _) in marks.days.items() if day < first)
    above = sum(count for _, count in marks.days.values())
    return _chance(above / max(1, sum(map(sum, marks.days.values()))), before) < _BEYOND_CHANCE


def _chance(share: float, rows: int) -> float:
    """The chance that so many rows in a row have no high value."""
    return (1 - share) ** rows if share < 1 else 0.0


def _split(marks: Marks, above: int, changed_form: frozenset[str]) -> Scales | str | None:
    """Two scales, one period each; None where the whole column fits one scale; a sentence where neither is proved."""
    days = sorted(marks.days)
    high_days = [day for day in days if marks.days[day][1]]
    start, end = high_days[0], high_days[-1]
    inside = sum(sum(marks.days[day]) for day in days if start <= day <= end)
    before = sum(sum(marks.days[day]) for day in days if day < start)
    after = sum(sum(marks.days[day]) for day in days if day > end)
    share = sum(marks.days[day][1] for day in high_days) / inside
    closed = _chance(share, after) < _BEYOND_CHANCE
    if _chance(share, before) > _DOUBT and _chance(share, after) > _DOUBT:
        return None
    if above < _FEWEST or share < 0.2 or not (closed or _chance(share, after) > _DOUBT):
        return None
    if _chance(share, before) >= _BEYOND_CHANCE and not closed:
        return None
    low_values = [value for value in marks.values if value <= 5]
    if min(low_values, default=0) < 1:
        return "ratings of 0 stand beside two scales"
    sharp = start in changed_form
    doubt = math.ceil(math.log(_DOUBT) / math.log(1 - share)) if share < 1 else 0
    return Scales(
        scale="1-5",
        second="1-10",
        start=start,
        end=end if closed else "9999",
        doubtful_from="" if sharp or before == 0 else _nearest(marks, [d for d in reversed(days) if d < start], doubt),
        doubtful_to=_nearest(marks, [d for d in days if d > end], doubt) if closed else "",
        how=_told(before=before, inside=inside, share=share, start=start, end=end, after=after, sharp=sharp),
    )


def _nearest(marks: Marks, days: list[str], rows: int) -> str:
    """The day up to which the nearest `rows` rows reach."""
    reached = ""
    for day in days:
        if rows <= 0:
            break
        reached, rows = day, rows - sum(marks.days[day])
    return reached


def _told(*, before: int, inside: int, share: float, start: str, end: str, after: int, sharp: bool) -> str:
    outside = f"all {before} ratings before {start}" + (f" and all {after} after {end}" if after else "")
    edge = "; another column of the file begins to be filled on that very day" if sharp else ""
    return (
        f"{outside} are at most 5, while {share:.0%} of the {inside} from {start} to {end} are above 5: "
        f"1-5 outside that period, 1-10 in it{edge}"
    )
