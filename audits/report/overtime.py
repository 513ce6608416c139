"""Charts over time: a leak's share and the rating by month or longer span, wide or for a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from json import dumps
from textwrap import wrap
from typing import Any, NamedTuple

from audits.catalogue import gettext
from audits.report.bins import SPANS, ratings, shares, span_of
from audits.report.look import ACCENT, BAND, BAR, MUTED
from audits.report.model import Break, Rating
from audits.report.parts import MonthShare
from audits.report.plots import WIDTH, altair
from audits.report.words import month, short_span

FEW = 10
"""Reviews in a month below which a share is not drawn as a point."""


class Size(NamedTuple):
    """How wide a chart is, how many of its months are named, how the words of a break are set and their room."""

    width: int
    named: int
    letters: int
    wrapped: int
    room: int


WIDE = Size(width=WIDTH, named=9, letters=11, wrapped=80, room=0)
NARROW = Size(width=262, named=4, letters=12, wrapped=20, room=40)
SPACED = 14
"""Height of a line of the words of a break."""


def monthly(months: Sequence[MonthShare], breaks: Sequence[Break], size: Size = WIDE) -> Any:
    """Reviews in 100 with the 95% band, by the span that holds enough; spans of few reviews have no point."""
    alt = altair()
    span = span_of(months)
    months = shares(months)
    shown = [one for one in months if one.value is not None and one.reviews >= FEW] or [
        one for one in months if one.value is not None
    ]
    top = min(100.0, max([100 * (one.value or 0) for one in shown] + [2.0]) * 1.7)
    rows = [
        {
            "month": one.month,
            "v": 100 * (one.value or 0),
            "low": 100 * (one.low or 0),
            "high": min(top, 100 * (one.high or 0)),
        }
        for one in shown
    ]
    x = _months(alt, [one.month for one in months], size.named)
    scale = alt.Scale(domain=[0, top])
    y = alt.Y("v:Q", scale=scale, axis=alt.Axis(title=gettext("in 100 reviews"), tickCount=4))
    base = alt.Chart(alt.Data(values=rows))
    band = base.mark_area(color=BAND, opacity=0.55).encode(x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q")
    line = base.mark_line(color=ACCENT, strokeWidth=2.2).encode(x=x, y=y)
    dots = base.mark_point(color=ACCENT, filled=True, size=26, opacity=1).encode(x=x, y=y)
    marked = _at(breaks, span)
    return _with_breaks(alt, band + line + dots, marked, [one.month for one in months], x, top, size).properties(
        width=size.width, height=170 + size.room
    )


def rating(given: Rating, size: Size = WIDE) -> Any:
    """The mean of each month, or longer span, over its number of reviews, on one axis of time."""
    alt = altair()
    months = ratings(given.months)
    names = [one.month for one in months]
    x = _months(alt, names, size.named)
    rows = [{"month": one.month, "n": one.reviews, "mean": one.mean} for one in months]
    base = alt.Chart(alt.Data(values=[row for row in rows if row["mean"] is not None]))
    y = alt.Y(
        "mean:Q", scale=alt.Scale(domain=[1, 5]), axis=alt.Axis(title=gettext("mean stars"), values=[1, 2, 3, 4, 5])
    )
    line = base.mark_line(color=ACCENT, strokeWidth=2.2).encode(x=x, y=y)
    dots = base.mark_point(color=ACCENT, filled=True, size=26, opacity=1).encode(x=x, y=y)
    marked = _at(given.breaks, span_of(given.months))
    upper = _with_breaks(alt, line + dots, marked, names, x, 5, size).properties(
        width=size.width, height=150 + size.room
    )
    volume = alt.Chart(alt.Data(values=rows)).mark_bar(color=BAR).encode(
        x=x, y=alt.Y("n:Q", axis=alt.Axis(title=gettext("reviews"), tickCount=3))
    )  # fmt: skip
    lower = volume.properties(width=size.width, height=80)
    if all(one.mean is None for one in months):
        highest = max(one.reviews for one in months)
        return _with_breaks(alt, volume, marked, names, x, highest, size).properties(width=size.width, height=80)
    return alt.vconcat(upper, lower, spacing=8)


def _at(breaks: Sequence[Break], span: str) -> list[tuple[str, str]]:
    """Each break: the span in which it lies, and its words."""
    return [(SPANS[span](one.month), _marked(one)) for one in breaks]


def _with_breaks(
    alt: Any, chart: Any, breaks: Sequence[tuple[str, str]], months: Sequence[str], x: Any, top: float, size: Size
) -> Any:
    """The chart with a rule at each break and its words beside it, each below those of the break before it."""
    marked, down = [], 6
    for name, told in breaks:
        if name in months:
            lines = wrap(told, size.wrapped)
            left = list(months).index(name) > len(months) / 2
            marked.append(({"month": name, "y": top, "text": "\n".join(lines)}, left, down))
            down += SPACED * len(lines) if size.room else 0
    if not marked:
        return chart
    rules = alt.Chart(alt.Data(values=[row for row, *_ in marked]))
    texts = [
        alt.Chart(alt.Data(values=[row]))
        .mark_text(
            align="right" if left else "left", dx=-5 if left else 5, dy=down, fontSize=size.letters, color=MUTED,
            lineBreak="\n", lineHeight=SPACED,
        )
        .encode(x=x, y=alt.Y("y:Q"), text="text:N")
        for row, left, down in marked
    ]  # fmt: skip
    return alt.layer(chart, rules.mark_rule(color=MUTED, strokeDash=[4, 3], strokeWidth=1.2).encode(x=x), *texts)


def _months(alt: Any, months: Sequence[str], most: int) -> Any:
    """A band of months in which only a few are named."""
    step = max(1, -(-len(months) // most))
    named = list(months)[::step]
    words = {name: dumps(short_span(name), ensure_ascii=False) for name in named}
    picked = " : ".join(f"datum.value === '{name}' ? {text}" for name, text in words.items()) + " : ''"
    axis = alt.Axis(title=None, values=named, labelExpr=picked, labelAngle=0, grid=False)
    return alt.X("month:O", scale=alt.Scale(domain=list(months)), axis=axis)


def _marked(one: Break) -> str:
    if one.kind == "level":
        return gettext("another level from %(month)s", month=month(one.month))
    return gettext("reviews arrive differently from %(month)s", month=month(one.month))
