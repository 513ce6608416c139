"""The five kinds of chart, as Altair charts over values that are already computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import dumps
from textwrap import wrap
from typing import Any

from audits.catalogue import gettext
from audits.report.bins import SPANS, ratings, shares, span_of
from audits.report.look import ACCENT, BAND, BAR, FAINT, INK, MARKS, MUTED, TREND, UNKNOWN
from audits.report.model import Bar, Break, MapPoint, Pareto, Rating
from audits.report.parts import MonthShare, Row
from audits.report.words import bare, month, percent, said, short_span, with_span

COLUMN, ROW, LARGEST = 186, 62, 1900
WIDTH = 640
FEW = 10
"""Reviews in a month below which a share is not drawn as a point."""


def leak_map(points: Sequence[MapPoint], stages: Mapping[str, str]) -> Any:
    """Stages as columns, gaps as bubbles: area is stars associated (or share), colour and mark the direction."""
    alt = _altair()
    order = list(stages)
    heaviest = max(point.weight for point in points) or 1.0
    rows = [
        {
            "x": order.index(point.stage) * COLUMN + 28,
            "y": point.row * ROW + 30,
            "tx": order.index(point.stage) * COLUMN + 62,
            "size": max(24.0, LARGEST * point.weight / heaviest),
            "fill": TREND.get(point.trend or "", UNKNOWN),
            "edge": TREND.get(point.trend or "", MUTED),
            "label": "\n".join([*wrap(point.title, 19), _weight(point)]),
        }
        for point in points
    ]
    heads = [{"x": at * COLUMN + 4, "y": -14, "label": stages[stage]} for at, stage in enumerate(order)]
    width, height = COLUMN * len(order), max(point.row + 1 for point in points) * ROW
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, width]), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, -28]), axis=None)
    base = alt.Chart(alt.Data(values=rows))
    bubbles = base.mark_circle(opacity=1, strokeWidth=1.6).encode(
        x, y, alt.Size("size:Q", scale=None), alt.Fill("fill:N", scale=None), alt.Stroke("edge:N", scale=None)
    )
    labels = base.mark_text(align="left", baseline="middle", lineBreak="\n", fontSize=12.5, color=INK, lineHeight=15)
    titles = alt.Chart(alt.Data(values=heads)).mark_text(align="left", fontSize=13, fontWeight="bold", color=MUTED)
    named = titles.encode(x, y, alt.Text("label:N"))
    lines = alt.Chart(alt.Data(values=[{"x": at * COLUMN - 4} for at in range(1, len(order))]))
    ruled = lines.mark_rule(color=FAINT).encode(x)
    labelled = labels.encode(alt.X("tx:Q", scale=alt.Scale(domain=[0, width]), axis=None), y, alt.Text("label:N"))
    return (ruled + bubbles + labelled + named).properties(width=width, height=height + 28)


def pareto(given: Pareto) -> Any:
    """Bars from nought, largest first, with intervals; the running share of the whole beside each; the rest hollow."""
    alt = _altair()
    rows = [
        {
            "label": bar.label,
            "stars": bar.stars.value,
            "low": bar.stars.low,
            "high": bar.stars.high,
            "at": max(bar.stars.value, bar.stars.high or 0),
            "fill": BAR if bar.kind == "gap" else BAND if bar.kind == "others" else UNKNOWN,
            "text": _so_far(bar),
        }
        for bar in given.bars
    ]
    furthest = max(max(bar.stars.value, bar.stars.high or 0.0) for bar in given.bars)
    y = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False, labelColor=INK))
    scale = alt.Scale(domain=[min(0.0, *(bar.stars.low or 0 for bar in given.bars)), furthest * 1.45])
    x = alt.X("stars:Q", scale=scale, axis=alt.Axis(title=gettext("Stars missing to five"), tickCount=4, grid=False))
    base = alt.Chart(alt.Data(values=rows))
    bars = base.mark_bar(stroke=ACCENT, strokeWidth=1).encode(y=y, x=x, fill=alt.Fill("fill:N", scale=None))
    known = alt.Chart(alt.Data(values=[row for row in rows if row["low"] is not None]))
    ranges = known.mark_rule(color=INK, strokeWidth=1.3).encode(y=y, x=alt.X("low:Q", scale=scale), x2="high:Q")
    texts = base.mark_text(align="left", dx=8, fontSize=12, color=MUTED)
    labels = texts.encode(y=y, x=alt.X("at:Q", scale=scale), text="text:N")
    return (bars + ranges + labels).properties(width=WIDTH, height=alt.Step(26))


def monthly(months: Sequence[MonthShare], breaks: Sequence[Break]) -> Any:
    """Reviews in 100 with the 95% band, by the span that holds enough; spans of few reviews have no point."""
    alt = _altair()
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
    x = _months(alt, [one.month for one in months])
    scale = alt.Scale(domain=[0, top])
    y = alt.Y("v:Q", scale=scale, axis=alt.Axis(title=gettext("in 100 reviews"), tickCount=4))
    base = alt.Chart(alt.Data(values=rows))
    band = base.mark_area(color=BAND, opacity=0.55).encode(x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q")
    line = base.mark_line(color=ACCENT, strokeWidth=2.2).encode(x=x, y=y)
    dots = base.mark_point(color=ACCENT, filled=True, size=26, opacity=1).encode(x=x, y=y)
    marked = _at(breaks, span)
    return _with_breaks(alt, band + line + dots, marked, [one.month for one in months], x, top).properties(
        width=WIDTH, height=170
    )


def contrast(rows: Sequence[Row]) -> Any:
    """A dot and its interval a row, labelled; ours in the accent colour."""
    alt = _altair()
    data = [
        {
            "name": row.name,
            "v": 100 * row.share.value,
            "low": 100 * (row.share.low if row.share.low is not None else row.share.value),
            "high": 100 * (row.share.high if row.share.high is not None else row.share.value),
            "text": with_span(row.share),
            "ink": ACCENT if row.ours else MUTED,
        }
        for row in rows
    ]
    top = max([1.0, *(100 * (row.share.high or row.share.value) for row in rows)])
    scale = alt.Scale(domain=[0, top * 1.45])
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False, labelColor=INK))
    ink = alt.Color("ink:N", scale=None)
    base = alt.Chart(alt.Data(values=data))
    axis = alt.Axis(title=gettext("in 100 reviews we hold, with 95% range"), tickCount=5, grid=False)
    ranges = base.mark_rule(strokeWidth=2).encode(y=y, x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", color=ink)
    dots = base.mark_point(filled=True, size=85, opacity=1).encode(y=y, x=alt.X("v:Q", scale=scale), color=ink)
    words = base.mark_text(align="left", dx=9, fontSize=12, color=INK)
    return (ranges + dots + words.encode(y=y, x=alt.X("high:Q", scale=scale), text="text:N")).properties(
        width=WIDTH, height=alt.Step(28)
    )


def rating(given: Rating) -> Any:
    """The mean of each month, or longer span, over its number of reviews, on one axis of time."""
    alt = _altair()
    months = ratings(given.months)
    names = [one.month for one in months]
    x = _months(alt, names)
    rows = [{"month": one.month, "n": one.reviews, "mean": one.mean} for one in months]
    base = alt.Chart(alt.Data(values=[row for row in rows if row["mean"] is not None]))
    y = alt.Y(
        "mean:Q", scale=alt.Scale(domain=[1, 5]), axis=alt.Axis(title=gettext("mean stars"), values=[1, 2, 3, 4, 5])
    )
    line = base.mark_line(color=ACCENT, strokeWidth=2.2).encode(x=x, y=y)
    dots = base.mark_point(color=ACCENT, filled=True, size=26, opacity=1).encode(x=x, y=y)
    marked = _at(given.breaks, span_of(given.months))
    upper = _with_breaks(alt, line + dots, marked, names, x, 5).properties(width=WIDTH, height=150)
    volume = alt.Chart(alt.Data(values=rows)).mark_bar(color=BAR).encode(
        x=x, y=alt.Y("n:Q", axis=alt.Axis(title=gettext("reviews"), tickCount=3))
    )  # fmt: skip
    lower = volume.properties(width=WIDTH, height=80)
    if all(one.mean is None for one in months):
        highest = max(one.reviews for one in months)
        return _with_breaks(alt, volume, marked, names, x, highest).properties(width=WIDTH, height=80)
    return alt.vconcat(upper, lower, spacing=8)


def _at(breaks: Sequence[Break], span: str) -> list[tuple[str, str]]:
    """Each break: the span in which it lies, and its words."""
    return [(SPANS[span](one.month), _marked(one)) for one in breaks]


def _with_breaks(
    alt: Any, chart: Any, breaks: Sequence[tuple[str, str]], months: Sequence[str], x: Any, top: float
) -> Any:
    marked = [{"month": name, "y": top, "text": told} for name, told in breaks if name in months]
    if not marked:
        return chart
    half = len(months) / 2
    for one in marked:
        one["left"] = list(months).index(str(one["month"])) > half
    base = alt.Chart(alt.Data(values=marked))
    rule = base.mark_rule(color=MUTED, strokeDash=[4, 3], strokeWidth=1.2).encode(x=x)
    texts = [
        alt.Chart(alt.Data(values=[one for one in marked if one["left"] is left]))
        .mark_text(align="right" if left else "left", dx=-5 if left else 5, dy=6, fontSize=11, color=MUTED)
        .encode(x=x, y=alt.Y("y:Q"), text="text:N")
        for left in (True, False)
        if any(one["left"] is left for one in marked)
    ]
    return alt.layer(chart, rule, *texts)


def _months(alt: Any, months: Sequence[str]) -> Any:
    """A band of months in which only a few are named."""
    step = max(1, -(-len(months) // 9))
    named = list(months)[::step]
    words = {name: dumps(short_span(name), ensure_ascii=False) for name in named}
    picked = " : ".join(f"datum.value === '{name}' ? {text}" for name, text in words.items()) + " : ''"
    axis = alt.Axis(title=None, values=named, labelExpr=picked, labelAngle=0, grid=False)
    return alt.X("month:O", scale=alt.Scale(domain=list(months)), axis=axis)


def _so_far(bar: Bar) -> str:
    return f"{bare(bar.stars)}  ·  " + gettext("%(part)s so far", part=percent(bar.so_far))


def _marked(one: Break) -> str:
    if one.kind == "level":
        return gettext("another level from %(month)s", month=month(one.month))
    return gettext("reviews arrive differently from %(month)s", month=month(one.month))


def _weight(point: MapPoint) -> str:
    mark = MARKS.get(point.trend or "", "○")
    size = said(point.stars) if point.stars else said(point.share)
    return f"{mark} {size}"


def _altair() -> Any:
    import altair

    return altair
