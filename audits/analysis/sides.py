"""The months before a day and those after it, of a business whose reviews and breaks of flow are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from audits.analysis.flow import inside
from audits.analysis.months import month_name, month_number, month_words
from audits.analysis.panel import Mask, Panel
from audits.analysis.values import FlowBreak
from audits.catalogue import gettext
from audits.catalogue.forms import count

REACH = 12
"""Months before and after the day, at most: every season once."""
ENOUGH = 30
"""Readable reviews on each side, under which nothing is said."""
Breaks = Mapping[str, Sequence[FlowBreak]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Months before and after the day, both ends included; the month of the day belongs to neither."""

    first: int
    until: int
    start: int
    last: int

    @property
    def names(self) -> tuple[tuple[str, str], tuple[str, str]]:
        return (month_name(self.first), month_name(self.until)), (month_name(self.start), month_name(self.last))


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What steps are measured from: every business with its history, and its breaks of flow."""

    panels: Mapping[str, Panel]
    audited: str
    breaks: Breaks

    @property
    def ours(self) -> Panel:
        return self.panels[self.audited]


def sides(course: Course, day: str, location: str | None = None) -> Sides | str:
    """The months to compare, or why there is nothing to compare. A break of flow before the day cuts what lies before
    it; one from the day on leaves nothing that compares."""
    panel = course.ours
    if panel.whole is None:
        return gettext("The reviews carry no dates that are precise to the month.")
    month = month_number(day)
    start = month if day[8:10] == "01" else month + 1
    last = min(panel.whole[1], start + REACH - 1)
    first = max(panel.whole[0], month - REACH)
    breaks = course.breaks.get(course.audited, ())
    cut = inside(breaks, first, month - 1)
    first = first if cut is None else month_number(cut.month)
    if (broken := inside(breaks, month - 1, last)) is not None:
        told = gettext("Reviews before and after %(month)s do not compare.", month=month_words(month))
        return f"{broken.sentence} {told}"
    found = Sides(first=first, until=month - 1, start=start, last=last)
    n = [int((panel.within(*span) & at_place(panel, location)).sum()) for span in ((first, month - 1), (start, last))]
    if min(n) < ENOUGH:
        told = gettext(
            "There are too few reviews to tell: %(before)s before and %(after)s after; %(least)s on each side are "
            "needed.",
            before=count(n[0]),
            after=count(n[1]),
            least=ENOUGH,
        )
        return told if cut is None else f"{told} {cut.sentence}"
    return found


def at_place(panel: Panel, location: str | None) -> Mask:
    """The reviews of a location; of all where none is named."""
    if location is None:
        return np.ones(len(panel.reviews), dtype=np.bool_)
    return np.array([review.location == location for review in panel.reviews], dtype=np.bool_)
