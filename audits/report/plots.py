"""The leak map and the charts of one row a thing, as Altair charts over values that are already computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from audits.catalogue import gettext
from audits.report.look import ACCENT, BAND, BAR, FAINT, INK, MARKS, MUTED, TREND, UNKNOWN
from audits.report.model import Bar, MapPoint, Pareto
from audits.report.parts import Row
from audits.report.words import bare, percent, said, with_span

COLUMN, ROW, LARGEST = 186, 62, 1900
WIDTH = 640


def leak_map(points: Sequence[MapPoint], stages: Mapping[str, str]) -> Any:
    """Stages as columns, gaps as bubbles: area is stars associated (or share), colour and mark the direction."""
    alt = altair()
    order = list(stages)
    heaviest = max(point.weight for point in points) or 1.0
    rows = [
        {
            **bubble(point, heaviest, LARGEST),
            "x": order.index(point.stage) * COLUMN + 28,
            "y": point.row * ROW + 30,
            "tx": order.index(point.stage) * COLUMN + 62,
            "label": "\n".join([*wrap(point.title, 19), weighed(point)]),
        }
        for point in points
    ]
    heads = [{"x": at * COLUMN + 4, "y": -14, "label": stages[stage]} for at, stage in enumerate(order)]
    width, height = COLUMN * len(order), max(point.row + 1 for point in points) * ROW
    lines = alt.Chart(alt.Data(values=[{"x": at * COLUMN - 4} for at in range(1, len(order))]))
    ruled = lines.mark_rule(color=FAINT).encode(alt.X("x:Q", scale=alt.Scale(domain=[0, width]), axis=None))
    return ruled + mapped(alt, rows, heads, width=width, height=height, top=-28)


def bubble(point: MapPoint, heaviest: float, largest: float) -> dict[str, Any]:
    """The area of a gap's circle, and its colours by its direction."""
    return {
        "size": max(24.0, largest * point.weight / heaviest),
        "fill": TREND.get(point.trend or "", UNKNOWN),
        "edge": TREND.get(point.trend or "", MUTED),
    }


def mapped(
    alt: Any,
    rows: Sequence[Mapping[str, Any]],
    heads: Sequence[Mapping[str, Any]],
    *,
    width: int,
    height: int,
    top: int,
) -> Any:
    """Circles with their words beside them, under the names of their stages."""
    scale = alt.Scale(domain=[0, width])
    x, y = alt.X("x:Q", scale=scale, axis=None), alt.Y("y:Q", scale=alt.Scale(domain=[height, top]), axis=None)
    base = alt.Chart(alt.Data(values=rows))
    bubbles = base.mark_circle(opacity=1, strokeWidth=1.6).encode(
        x, y, alt.Size("size:Q", scale=None), alt.Fill("fill:N", scale=None), alt.Stroke("edge:N", scale=None)
    )
    labels = base.mark_text(align="left", baseline="middle", lineBreak="\n", fontSize=12.5, color=INK, lineHeight=15)
    titles = alt.Chart(alt.Data(values=heads)).mark_text(align="left", fontSize=13, fontWeight="bold", color=MUTED)
    named = titles.encode(x, y, alt.Text("label:N"))
    labelled = labels.encode(alt.X("tx:Q", scale=scale, axis=None), y, alt.Text("label:N"))
    return (bubbles + labelled + named).properties(width=width, height=height - top)


def pareto(given: Pareto) -> Any:
    """Bars from nought, largest first, with intervals; the running share of the whole beside each; the rest hollow."""
    alt = altair()
    rows = [barred(bar) for bar in given.bars]
    furthest = max(row["at"] for row in rows)
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


def barred(bar: Bar) -> dict[str, Any]:
    """The values of a failing's bar, and its words."""
    return {
        "label": bar.label,
        "stars": bar.stars.value,
        "low": bar.stars.low,
        "high": bar.stars.high,
        "at": max(bar.stars.value, bar.stars.high or 0),
        "fill": BAR if bar.kind == "gap" else BAND if bar.kind == "others" else UNKNOWN,
        "text": _so_far(bar),
    }


def contrast(rows: Sequence[Row]) -> Any:
    """A dot and its interval a row, labelled; ours in the accent colour."""
    alt = altair()
    data = [dotted(row) for row in rows]
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


def dotted(row: Row) -> dict[str, Any]:
    """The values of a dot with its interval, and its words."""
    share = row.share
    return {
        "name": row.name,
        "v": 100 * share.value,
        "low": 100 * (share.low if share.low is not None else share.value),
        "high": 100 * (share.high if share.high is not None else share.value),
        "text": with_span(share),
        "ink": ACCENT if row.ours else MUTED,
    }


def _so_far(bar: Bar) -> str:
    return f"{bare(bar.stars)}  ·  " + gettext("%(part)s so far", part=percent(bar.so_far))


def weighed(point: MapPoint) -> str:
    mark = MARKS.get(point.trend or "", "○")
    size = said(point.stars) if point.stars else said(point.share)
    return f"{mark} {size}"


def altair() -> Any:
    """The library, which takes a second to import."""
    import altair

    return altair
